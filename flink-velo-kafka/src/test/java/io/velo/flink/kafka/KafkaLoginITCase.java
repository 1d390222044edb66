// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.testkit.server.ClaimedPort;
import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KafkaLoginITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Sql.cluster();

    private static KafkaServer kafka;
    private static ClaimedPort claimed;
    private static int loginPort;
    private static TestTopic topic;

    /** Adds a second listener, with login, to a server of this test's own. */
    @BeforeAll
    static void start() throws Exception {
        kafka = RequiredServer.started(KafkaServer.create());
        kafka.stop();
        claimed = ClaimedPort.any();
        loginPort = claimed.number();
        Path file = kafka.folder().resolve("server.properties");
        String listener = ",SASL_PLAINTEXT://127.0.0.1:" + loginPort;
        String plain = "PLAINTEXT://127.0.0.1:" + kafka.port();
        String settings =
                Files.readString(file)
                        .replace(plain, plain + listener)
                        .replace(
                                "PLAINTEXT:PLAINTEXT,",
                                "PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,");
        Files.writeString(
                file,
                settings
                        + "\nsasl.enabled.mechanisms=PLAIN\n"
                        + "listener.name.sasl_plaintext.plain.sasl.jaas.config="
                        + PlainLoginModule.class.getName()
                        + " required user_app=\"right\";\n");
        kafka.restart();
        topic = TestTopic.create(kafka.bootstrapServers(), "login", 1).put("{\"id\":1}");
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
        if (claimed != null) {
            claimed.close();
        }
    }

    private static String uri(String login) {
        return "kafka://"
                + login
                + "127.0.0.1:"
                + loginPort
                + "/"
                + topic.name()
                + "?security_protocol=SASL_PLAINTEXT";
    }

    @Test
    void theRightPasswordReads() throws Exception {
        assertThat(Sql.batch().texts("SELECT * FROM `" + uri("app:right@") + "`"))
                .containsExactly("+I[1]");
    }

    @Test
    void aReferenceReadsTooAndIsResolvedByTheWorkers() throws Exception {
        Path folder = kafka.folder();
        Path file = Files.writeString(folder.resolve("password"), "right\n");
        System.setProperty("velo.security.secret-dirs", folder.toString());
        try {
            Sql sql = Sql.batch();
            sql.run(
                    "CREATE TABLE t (id BIGINT) WITH ('connector'='velo', 'uri'='"
                            + uri("")
                            + "', 'username'='app', 'password'='${file:"
                            + file
                            + "}')");
            assertThat(sql.texts("SELECT * FROM t")).containsExactly("+I[1]");
        } finally {
            System.clearProperty("velo.security.secret-dirs");
        }
    }

    @Test
    void aWrongPasswordIsSaidInOneSentenceWithoutIt() {
        assertThatThrownBy(() -> discover(uri("app:VELOCANARY@")))
                .isInstanceOf(VeloException.class)
                .hasMessageStartingWith("VELO-IO-002: The Kafka brokers refuse the login.")
                .hasMessageNotContaining("VELOCANARY");
    }

    @Test
    void aMechanismThatTheBrokersDoNotOfferIsSaid() {
        assertThatThrownBy(() -> discover(uri("app:right@") + "&sasl_mechanism=SCRAM-SHA-256"))
                .hasMessageStartingWith("VELO-IO-002")
                .hasMessageContaining("sasl_mechanism");
    }

    private static DiscoveredTable discover(String uri) {
        return new KafkaScheme().discover(Requests.of(uri).withoutColumns());
    }
}
