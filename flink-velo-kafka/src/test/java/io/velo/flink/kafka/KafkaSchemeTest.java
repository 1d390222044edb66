// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.uri.VeloUri;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaSchemeTest {

    private static final KafkaScheme SCHEME = new KafkaScheme();

    @Test
    void theRegistryFindsItByItsName() {
        assertThat(SchemeRegistry.load(getClass().getClassLoader()).get("kafka"))
                .isInstanceOf(KafkaScheme.class);
    }

    @Test
    void everyExamplePlans() {
        for (SchemeSpec.Example example : SCHEME.spec().examples()) {
            assertThat(SCHEME.source(Requests.of(example.uri()).source())).isNotNull();
        }
    }

    @Test
    void everyOptionIsExplainedInSentences() {
        for (SchemeOption<?> option : SCHEME.spec().ownOptions()) {
            assertThat(option.description()).endsWith(".");
            assertThat(option.printedDefault()).isNotEmpty();
        }
    }

    @Test
    void noOptionHidesAClientKeyThatMayBeHandedOn() {
        for (SchemeOption<?> option : SCHEME.spec().options()) {
            assertThat(ClientKeys.target(option.key())).as(option.key()).isEmpty();
        }
    }

    @Test
    void aMissingTopicIsReportedTogetherWithOtherMistakes() {
        assertThatThrownBy(() -> SCHEME.source(Requests.of("kafka://b1?upsert=true").source()))
                .isInstanceOfSatisfying(
                        VeloException.class,
                        e ->
                                assertThat(e.problems())
                                        .extracting(Problem::code)
                                        .containsExactly(
                                                ErrorCode.OPTION_CONFLICT,
                                                ErrorCode.URI_NO_OBJECT));
    }

    @Test
    void whatOnlyFlinksConnectorKnowsIsSaidInItsWords() {
        assertThatThrownBy(
                        () ->
                                SCHEME.source(
                                        Requests.of("kafka://b1/t")
                                                .with("json.ignore-parse-errors", "true")
                                                .with("json.fail-on-missing-field", "true")
                                                .source()))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("VELO-CAP-002")
                .hasMessageContaining("ignore-parse-errors");
    }

    @Test
    void theUriOfATableKeepsTheServersParameters() {
        for (String server : List.of("kafka://b1,b2:9093", "kafka://b1,b2:9093/")) {
            VeloUri uri = VeloUri.parse(server + "?format=csv");
            assertThat(SCHEME.namesServer(uri)).isTrue();
            assertThat(SCHEME.tableUri(uri, "default", "a.b-c_d").print())
                    .isEqualTo("kafka://b1,b2:9093/a.b-c_d?format=csv");
        }
        assertThat(SCHEME.namesServer(VeloUri.parse("kafka://b1?topic=t"))).isFalse();
    }

    @Test
    void databasesOtherThanTheOneAreEmpty() {
        assertThat(SCHEME.tables(Requests.of("kafka://b1").withoutColumns(), "other")).isEmpty();
    }
}
