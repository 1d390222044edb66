// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import io.velo.flink.common.uri.VeloUri;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionResolverTest {

    private static final SchemeOption<Duration> DELAY =
            SchemeOption.of("retry.initial-delay", ValueKind.DURATION, "Waits.");
    private static final SchemeOption<String> PATTERN =
            SchemeOption.of("key-pattern", ValueKind.TEXT, "Pattern.").aliases("pattern");
    private static final SchemeOption<Integer> READ_ONLY =
            SchemeOption.of("scan-count", ValueKind.integer("keys", 1, 10), "Count.").forSource();

    private static final SchemeSpec SPEC =
            SchemeSpec.of("test")
                    .summary("Test.")
                    .login()
                    .options(DELAY, PATTERN, READ_ONLY, CommonOptions.DELIVERY_GUARANTEE)
                    .notBuilt("optimize", "staging.")
                    .passThrough(
                            "json.x",
                            name -> name.startsWith("json.") ? Optional.of(name) : Optional.empty())
                    .build();

    @Test
    void readsTheSameDurationInEverySpelling() {
        for (String text : new String[] {"2000ms", "2s", "2000", "2 s"}) {
            assertThat(resolve("test://h?retry_initial_delay=" + text, Map.of()).get(DELAY))
                    .isEqualTo(Duration.ofSeconds(2));
        }
        for (String name : new String[] {"retryInitialDelay", "retry.initial.delay"}) {
            assertThat(resolve("test://h", Map.of(name, "2s")).get(DELAY))
                    .isEqualTo(Duration.ofSeconds(2));
        }
    }

    @Test
    void knowsAliasesAndNamesThatStartLikeARole() {
        assertThat(resolve("test://h?pattern=a:*", Map.of()).get(PATTERN)).isEqualTo("a:*");
        ResolvedOptions sink =
                OptionResolver.resolve(
                        SPEC,
                        new OptionSources(
                                Map.of("sink.delivery-guarantee", "EXACTLY_ONCE"),
                                VeloUri.parse("test://h"),
                                Map.of()),
                        OptionRole.SINK);
        assertThat(sink.get(CommonOptions.DELIVERY_GUARANTEE))
                .isEqualTo(CommonOptions.DeliveryGuarantee.EXACTLY_ONCE);
    }

    @Test
    void refusesAnOptionOfTheOtherRole() {
        assertThatThrownBy(() -> resolve("test://h", Map.of("sink.scan-count", "5")))
                .hasMessageContaining("VELO-OPT-005");
    }

    @Test
    void refusesWhatIsNotBuiltByNameAndByPrefix() {
        assertThatThrownBy(() -> resolve("test://h?optimize=true", Map.of()))
                .hasMessageContaining("VELO-OPT-004");
        assertThatThrownBy(() -> resolve("test://h", Map.of("staging.path", "x")))
                .hasMessageContaining("VELO-OPT-004");
        assertThatThrownBy(() -> resolve("test://h", Map.of("failure.strategy", "fail")))
                .hasMessageContaining("VELO-OPT-004");
    }

    @Test
    void handsOnWhatTheSchemeSays() {
        assertThat(resolve("test://h?json.fail=true", Map.of("json.x", "1")).passedThrough())
                .containsOnly(Map.entry("json.fail", "true"), Map.entry("json.x", "1"));
    }

    @Test
    void takesTheLoginFromOnePlaceOnly() {
        assertThat(resolve("test://u:p@h", Map.of()).credentials().user()).isEqualTo("u");
        assertThat(
                        resolve("test://h", Map.of("username", "u", "password", "CANARY"))
                                .credentials()
                                .password()
                                .reveal())
                .isEqualTo("CANARY");
        assertThatThrownBy(() -> resolve("test://u:CANARY@h", Map.of("password", "CANARY")))
                .hasMessageContaining("given twice")
                .hasMessageNotContaining("CANARY");
    }

    @Test
    void printsNoSecretWhateverGoesWrong() {
        assertThat(resolve("test://h", Map.of("password", "CANARY")).toString())
                .doesNotContain("CANARY");
        assertThatThrownBy(
                        () ->
                                resolve(
                                        "test://u:CANARY@h?%70assword=CANARY&nope=1&token=CANARY",
                                        Map.of("scan-count", "0")))
                .hasMessageContaining("nope")
                .hasMessageContaining("from 1 to 10")
                .hasMessageNotContaining("CANARY");
    }

    private static ResolvedOptions resolve(String uri, Map<String, String> with) {
        return OptionResolver.resolve(
                SPEC, new OptionSources(with, VeloUri.parse(uri), Map.of()), OptionRole.SOURCE);
    }
}
