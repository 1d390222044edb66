-- One table of each scheme, and a back-ticked URI of each: run it with
--   ./velo sql --servers kafka,postgres,redis,clickhouse -f sql-examples/five-schemes.sql

SET 'table.dml-sync' = 'true';
SET 'sql-client.execution.result-mode' = 'tableau';
-- Flink 2.3 asks for ON CONFLICT when rows without a key go into a table with one; here each id
-- stands once, so that there is no conflict. Flink 2.2 does not know the setting.
SET 'table.exec.sink.require-on-conflict' = 'false';
CREATE CATALOG velo WITH ('type' = 'velo');
USE CATALOG velo;

-- memory: rows to start from; the sandbox has one TaskManager, so that they stay where they are.
CREATE TABLE people (id BIGINT, name STRING) WITH ('uri' = 'memory://people');
INSERT INTO people VALUES (1, 'Ada'), (2, 'Grace'), (3, 'Edsger');

-- kafka
CREATE TABLE people_topic (id BIGINT, name STRING) WITH (
  'uri' = 'kafka://${env:VELO_KAFKA_ADDRESS}/people?format=json');
INSERT INTO people_topic SELECT * FROM people;

-- redis
CREATE TABLE people_cache (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH (
  'uri' = 'redis://${env:VELO_REDIS_ADDRESS}/0?key_pattern=person:{id}&type=hash');
INSERT INTO people_cache SELECT id, UPPER(name) FROM people;

-- postgresql: the system views of every server can be read; columns discovered
CREATE TABLE server_tables WITH (
  'uri' = 'postgresql://${env:VELO_POSTGRES_ADDRESS}/velo?table=pg_catalog.pg_tables',
  'username' = 'velo', 'password' = '${env:VELO_POSTGRES_PASSWORD}');

-- clickhouse
CREATE TABLE people_facts (id BIGINT NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH (
  'uri' = 'clickhouse://${env:VELO_CLICKHOUSE_ADDRESS}/default?table=people&auto_create=true&engine=ReplacingMergeTree');

-- from Kafka, looked up in Redis, into ClickHouse
SET 'execution.runtime-mode' = 'batch';
INSERT INTO people_facts
SELECT p.id, c.name
FROM (SELECT *, PROCTIME() AS proc_time FROM `kafka://${env:VELO_KAFKA_ADDRESS}/people`) AS p
JOIN people_cache FOR SYSTEM_TIME AS OF p.proc_time AS c ON p.id = c.id;

SELECT * FROM `memory://people?columns=id BIGINT, name STRING` ORDER BY id;
SELECT * FROM `clickhouse://${env:VELO_CLICKHOUSE_ADDRESS}/default?table=people` ORDER BY id;
SELECT tablename FROM server_tables WHERE tablename = 'pg_class';
