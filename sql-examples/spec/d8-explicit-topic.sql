-- D8: the same, explicit.
CREATE CATALOG velo WITH ('type' = 'velo');
USE CATALOG velo;
SET 'execution.runtime-mode' = 'batch';
SET 'sql-client.execution.result-mode' = 'tableau';
SELECT * FROM `kafka://${env:VELO_KAFKA_ADDRESS}/orders` WHERE amount > 100;
