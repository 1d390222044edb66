-- B2: orders of a topic with their customers, looked up in PostgreSQL; the specification's second
-- lookup, into Parquet files, waits for s3. In batch mode, so that it ends.
CREATE CATALOG velo WITH ('type' = 'velo');
USE CATALOG velo;
SET 'execution.runtime-mode' = 'batch';
SET 'sql-client.execution.result-mode' = 'tableau';
CREATE VIEW enriched AS SELECT o.*, c.customer_name
FROM (SELECT *, PROCTIME() AS proc_time FROM `kafka://${env:VELO_KAFKA_ADDRESS}/orders`) AS o
JOIN `postgresql://velo:${env:VELO_POSTGRES_PASSWORD}@${env:VELO_POSTGRES_ADDRESS}/customers?table=customers` FOR SYSTEM_TIME AS OF o.proc_time AS c ON o.customer_id = c.id;
SELECT id, amount, customer_name FROM enriched;
