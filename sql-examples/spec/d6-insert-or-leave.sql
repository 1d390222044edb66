-- D6: insert or leave, by a unique constraint of the table. The rows come from a topic; the
-- specification's Redis stream waits for redis streams.
CREATE CATALOG velo WITH ('type' = 'velo');
USE CATALOG velo;
SET 'execution.runtime-mode' = 'batch';
SET 'table.dml-sync' = 'true';
INSERT INTO `postgresql://velo:${env:VELO_POSTGRES_PASSWORD}@${env:VELO_POSTGRES_ADDRESS}/analytics.user_events?batch_size=1000&on_conflict=IGNORE`
SELECT JSON_VALUE(data, '$.user_id'), JSON_VALUE(data, '$.action'), JSON_VALUE(data, '$.timestamp'), CURRENT_TIMESTAMP
FROM `kafka://${env:VELO_KAFKA_ADDRESS}/user-activity-stream`;
