-- D7: a bare topic name, in a catalog of the Kafka server.
SET 'execution.runtime-mode' = 'batch';
SET 'sql-client.execution.result-mode' = 'tableau';
CREATE CATALOG bare WITH ('type' = 'velo', 'uri' = 'kafka://${env:VELO_KAFKA_ADDRESS}');
SHOW TABLES FROM bare.`default`;
SELECT * FROM bare.`default`.orders WHERE amount > 100;
