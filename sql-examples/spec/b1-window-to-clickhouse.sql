-- B1: a window to ClickHouse, whose table is made on the way. In batch mode, so that it ends.
CREATE CATALOG velo WITH ('type' = 'velo');
USE CATALOG velo;
SET 'execution.runtime-mode' = 'batch';
SET 'table.dml-sync' = 'true';
CREATE TABLE realtime_analytics WITH ('connector' = 'velo',
  'uri' = 'clickhouse://${env:VELO_CLICKHOUSE_ADDRESS}/default?table=realtime_analytics&auto_create=true')
AS SELECT window_start, COUNT(*) AS events, AVG(latency) AS avg_latency
FROM TABLE(TUMBLE(TABLE `kafka://${env:VELO_KAFKA_ADDRESS}/events?event_time_field=event_time`, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end;
