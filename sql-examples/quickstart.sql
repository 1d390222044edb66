-- Flights stream in from Kafka, airports are looked up in PostgreSQL, states in Redis,
-- and daily delays by state go to ClickHouse. Each table is named by its URI.
--
-- The addresses are references to environment variables, which ./velo demo and
-- ./velo sql --servers set: VELO_KAFKA_ADDRESS=host:port and so on.

SET 'sql-client.execution.result-mode' = 'tableau';
SET 'table.dml-sync' = 'true';

CREATE CATALOG velo WITH ('type' = 'velo');
USE CATALOG velo;

-- Kafka: columns declared, because the event time is computed from a text. The read ends at the
-- last flight, so that this job ends too; leave `end` out to follow the topic for ever.
CREATE TABLE flights (
  `date` STRING,
  delay INT,
  distance INT,
  origin STRING,
  destination STRING,
  flight_time AS TO_TIMESTAMP(`date`, 'yyyy/MM/dd HH:mm'),
  proc_time AS PROCTIME(),
  WATERMARK FOR flight_time AS flight_time - INTERVAL '1' HOUR
) WITH (
  'uri' = 'kafka://${env:VELO_KAFKA_ADDRESS}/flights?format=json&offset=earliest&end=latest'
);

-- PostgreSQL: columns discovered.
CREATE TABLE airports WITH (
  'uri' = 'postgresql://${env:VELO_POSTGRES_ADDRESS}/velo?table=airports',
  'username' = 'velo',
  'password' = '${env:VELO_POSTGRES_PASSWORD}'
);

-- Redis: one hash per state.
CREATE TABLE states (
  code STRING,
  name STRING,
  region STRING,
  PRIMARY KEY (code) NOT ENFORCED
) WITH (
  'uri' = 'redis://${env:VELO_REDIS_ADDRESS}?key_pattern=state:{code}&type=hash'
);

-- ClickHouse: the table is made by Velo. A replay after a failure writes the same key again, and
-- ReplacingMergeTree keeps one row per key.
CREATE TABLE delays_by_state (
  `day` TIMESTAMP(3) NOT NULL,
  state STRING NOT NULL,
  region STRING,
  flights BIGINT NOT NULL,
  average_delay DOUBLE NOT NULL,
  worst_delay INT NOT NULL,
  PRIMARY KEY (`day`, state) NOT ENFORCED
) WITH (
  'uri' = 'clickhouse://${env:VELO_CLICKHOUSE_ADDRESS}/default?table=delays_by_state&engine=ReplacingMergeTree&auto_create=true'
);

CREATE VIEW flights_by_state AS
SELECT f.flight_time, f.delay, s.name AS state, s.region
FROM flights AS f
JOIN airports FOR SYSTEM_TIME AS OF f.proc_time AS a ON f.origin = a.iata
JOIN states FOR SYSTEM_TIME AS OF f.proc_time AS s ON a.state = s.code;

INSERT INTO delays_by_state
SELECT window_start, state, region, COUNT(*), AVG(CAST(delay AS DOUBLE)), MAX(delay)
FROM TABLE(TUMBLE(TABLE flights_by_state, DESCRIPTOR(flight_time), INTERVAL '1' DAY))
GROUP BY window_start, window_end, state, region;

-- No CREATE TABLE at all: the back-ticked URI is the table, its columns are discovered.
SET 'execution.runtime-mode' = 'batch';

SELECT state, SUM(flights) AS flights, ROUND(SUM(average_delay * flights) / SUM(flights), 1) AS average_delay, MAX(worst_delay) AS worst_delay
FROM `clickhouse://${env:VELO_CLICKHOUSE_ADDRESS}/default?table=delays_by_state`
GROUP BY state
ORDER BY flights DESC
LIMIT 10;
