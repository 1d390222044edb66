-- A1: a named stream over a topic; its columns are discovered.
CREATE CATALOG velo WITH ('type' = 'velo');
USE CATALOG velo;
SET 'execution.runtime-mode' = 'batch';
SET 'sql-client.execution.result-mode' = 'tableau';
CREATE TABLE orders WITH ('connector' = 'velo', 'uri' = 'kafka://${env:VELO_KAFKA_ADDRESS}/orders?format=json');
DESCRIBE orders;
SELECT id, customer_id, amount FROM orders;
