// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.dist.sandbox.ProgramOutcome;
import io.velo.flink.dist.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a person sees at the SQL prompt after a mistake: one sentence with what to do, and no secret
 * in it or in any log.
 */
class MistakesITCase {

    private static final String CANARY = "VELOCANARY-" + Long.toHexString(System.nanoTime());

    private static ExampleServers servers;
    private static Sandbox sandbox;

    @TempDir static Path folder;

    @BeforeAll
    static void start() throws Exception {
        servers = new ExampleServers();
        ExampleServers.data().loadAirports(servers.postgres());
        servers.askClickHouse(
                "CREATE TABLE IF NOT EXISTS facts (id Int64) ENGINE = MergeTree ORDER BY id");
        sandbox = Sandbox.start(servers.sandbox(1).withEnvironment(Map.of("VELO_CANARY", CANARY)));
    }

    @AfterAll
    static void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "host       | SELECT * FROM `postgresql://app:CANARY@127.0.0.1:1/velo?table=airports` | VELO-IO-001 | 127.0.0.1:1",
                "password   | SELECT * FROM `postgresql://velo:CANARY@PG/velo?table=airports` | VELO-IO-002 | password",
                "ch login   | SELECT * FROM `clickhouse://velo:CANARY@CH/default?table=facts` | VELO-IO-002 | password",
                "table      | SELECT * FROM `postgresql://velo:PGPW@PG/velo?table=airprots` | VELO-SCH-004 | airports",
                "topic      | SELECT * FROM `kafka://KAFKA/no-such-topic` | VELO-SCH-004 | no-such-topic",
                "parameter  | SELECT * FROM `clickhouse://velo:CANARY@CH/default?tabel=facts` | VELO-URI-003 | Did you mean 'table'",
                "scheme     | SELECT * FROM `postgress://velo:CANARY@PG/velo?table=airports` | VELO-URI-002 | Did you mean 'postgres'",
                "not built  | SELECT * FROM `iceberg://catalog/sales/orders` | VELO-URI-005 | not built yet",
                "capability | SELECT * FROM `redis://REDIS/0?key_pattern=user:{id}&columns=id BIGINT, name STRING` | VELO-CAP-001 | cannot be scanned",
            })
    void getsOneClearSentence(String what, String statement, String code, String words)
            throws Exception {
        ProgramOutcome outcome = run(filled(statement));

        assertThat(outcome.exitCode()).as(outcome.output()).isNotZero();
        // Flink echoes the statement, which holds what the person typed; Velo's words must not.
        String said = outcome.output().substring(outcome.output().indexOf("[ERROR]"));
        assertThat(said).contains(code).contains(words).doesNotContain(CANARY);
        assertThat(said.lines().filter(line -> line.contains("VELO-"))).hasSize(1);
    }

    @Test
    void typeMismatchNamesColumnAndTypes() throws Exception {
        ProgramOutcome outcome =
                run(
                        filled(
                                "CREATE TABLE a (iata STRING, latitude BOOLEAN) WITH"
                                        + " ('uri'='postgresql://PG/velo?table=airports','username'='velo',"
                                        + "'password'='${env:VELO_POSTGRES_PASSWORD}');\n"
                                        + "SELECT * FROM a"));

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).contains("VELO-SCH-002", "latitude", "BOOLEAN");
    }

    @Test
    void noLogHoldsASecretThatWasGivenByReference() throws Exception {
        run(
                filled(
                        "CREATE TABLE a (iata STRING) WITH"
                                + " ('uri'='postgresql://PG/velo?table=airports','username'='velo',"
                                + "'password'='${env:VELO_CANARY}');\n"
                                + "CREATE TABLE b (id BIGINT) WITH"
                                + " ('uri'='clickhouse://velo:VELO-INLINE-CANARY@CH/default?table=facts');\n"
                                + "SHOW CREATE TABLE a;\nSHOW CREATE TABLE b;\nEXPLAIN SELECT * FROM a;\n"
                                + "INSERT INTO b VALUES (1);\nSELECT * FROM a"));

        try (Stream<Path> files = Files.walk(sandbox.logs())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain(CANARY)
                        .doesNotContain("VELO-INLINE-CANARY");
            }
        }
    }

    private static String filled(String statement) {
        return statement
                .replace("CANARY@", CANARY + "@")
                .replace("VELO-INLINE-" + CANARY, "VELO-INLINE-CANARY")
                .replace("PGPW", servers.postgres().password())
                .replace("@PG/", "@127.0.0.1:" + servers.postgres().port() + "/")
                .replace("//PG/", "//127.0.0.1:" + servers.postgres().port() + "/")
                .replace("@CH/", "@127.0.0.1:" + servers.clickhouse().port() + "/")
                .replace("//REDIS/", "//127.0.0.1:" + servers.redis().port() + "/")
                .replace("KAFKA", servers.kafka().bootstrapServers());
    }

    private static ProgramOutcome run(String statements) throws Exception {
        String sql =
                "CREATE CATALOG velo WITH ('type' = 'velo');\nUSE CATALOG velo;\n"
                        + "SET 'execution.runtime-mode' = 'batch';\n"
                        + "SET 'sql-client.execution.result-mode' = 'tableau';\n"
                        + statements
                        + ";\n";
        return sandbox.runSql(Files.writeString(folder.resolve("mistake.sql"), sql));
    }
}
