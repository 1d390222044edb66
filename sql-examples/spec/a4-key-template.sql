-- A4: a key template, made by CREATE TABLE AS and by INSERT into a URI.
CREATE CATALOG velo WITH ('type' = 'velo');
USE CATALOG velo;
SET 'execution.runtime-mode' = 'batch';
SET 'table.dml-sync' = 'true';
CREATE VIEW aggregates AS SELECT id, total FROM (VALUES (CAST(1 AS BIGINT), 10.5e0), (2, 20.25e0)) AS t (id, total);
CREATE TABLE results WITH ('connector' = 'velo', 'uri' = 'redis://${env:VELO_REDIS_ADDRESS}?key_pattern=results:{id}')
AS SELECT id, total FROM aggregates;
INSERT INTO `redis://${env:VELO_REDIS_ADDRESS}?key_pattern=again:{id}&columns=id BIGINT, total DOUBLE` SELECT id, total FROM aggregates;
