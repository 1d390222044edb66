-- C2: a topic to an analytics table that exists. In batch mode, so that it ends.
CREATE CATALOG velo WITH ('type' = 'velo');
USE CATALOG velo;
SET 'execution.runtime-mode' = 'batch';
SET 'table.dml-sync' = 'true';
CREATE TABLE analytics WITH ('connector' = 'velo', 'uri' = 'clickhouse://${env:VELO_CLICKHOUSE_ADDRESS}/default?table=events')
AS SELECT * FROM `kafka://${env:VELO_KAFKA_ADDRESS}/events?group_id=analytics`;
