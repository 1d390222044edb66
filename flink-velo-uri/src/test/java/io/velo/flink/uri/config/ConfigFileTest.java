// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

    @TempDir Path folder;

    @Test
    void flattensEntries() throws IOException {
        ConfigFile file =
                write(
                        "velo.yaml",
                        "data_sources:\n  a:\n    uri: 'kafka://h/t'\n    source: {batch_size: 500}\n"
                                + "    partition_by: [year, month]\n    nothing: null\n");

        assertThat(file.entry("a"))
                .containsExactly(
                        Map.entry("uri", "kafka://h/t"),
                        Map.entry("source.batch_size", "500"),
                        Map.entry("partition_by", "year,month"));
    }

    @Test
    void readsJson() throws IOException {
        assertThat(write("velo.json", "{\"data_sources\": {\"a\": {\"uri\": \"x://h\"}}}").names())
                .containsExactly("a");
    }

    @Test
    void mergesWhatItExtendsDeeplyAndReplacesLists() throws IOException {
        Files.createDirectories(folder.resolve("up"));
        write(
                "up/grand.yaml",
                "data_sources: {a: {type: kafka, topic: t, partition_by: [x, y]}, g: {uri: 'x://h'}}");
        write("up/base.yaml", "extends: grand.yaml\ndata_sources: {a: {topic: u, keep: '1'}}");
        ConfigFile file =
                write("velo.yaml", "extends: up/base.yaml\ndata_sources: {a: {partition_by: [z]}}");

        assertThat(file.names()).containsExactly("a", "g");
        assertThat(file.entry("a"))
                .containsOnly(
                        Map.entry("type", "kafka"),
                        Map.entry("topic", "u"),
                        Map.entry("keep", "1"),
                        Map.entry("partition_by", "z"));
    }

    @Test
    void printsTheChainOfACycleAndOfAMissingParent() throws IOException {
        write("b.yaml", "{}");
        Files.writeString(folder.resolve("a.yaml"), "extends: b.yaml");
        Files.writeString(folder.resolve("b.yaml"), "extends: a.yaml");

        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("a.yaml").toString()))
                .hasMessageContaining("VELO-CFG-002")
                .hasMessageMatching("(?s).*a.yaml -> .*b.yaml -> .*a.yaml.*");
        Files.writeString(folder.resolve("b.yaml"), "extends: none.yaml");
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("a.yaml").toString()))
                .hasMessageContaining("VELO-CFG-001")
                .hasMessageMatching("(?s).*a.yaml -> .*none.yaml.*");
    }

    @Test
    void namesTheNearestEntry() throws IOException {
        ConfigFile file = write("velo.yaml", "data_sources: {orders: {uri: 'x://h'}}");

        assertThatThrownBy(() -> file.entry("ordres"))
                .hasMessageContaining("Did you mean 'orders'?");
    }

    @Test
    void refusesHostileFilesQuickly() {
        List<String> hostile =
                List.of(
                        "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b]\n".repeat(30),
                        "[".repeat(60_000),
                        "x".repeat(70_000),
                        "a: !!javax.script.ScriptEngineManager [x]",
                        "a: 1\na: 2",
                        "data_sources: 5",
                        "data_sources: {a: 5}",
                        "- list",
                        "a: 'VELOCANARY\n",
                        "extends: [a, b]");
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        for (String text : hostile) {
            long start = clock.getCurrentThreadCpuTime();
            Throwable thrown = catchThrowable(() -> write("hostile.yaml", text));

            assertThat(thrown)
                    .as(text.substring(0, Math.min(40, text.length())))
                    .isInstanceOf(VeloException.class)
                    .hasMessageNotContaining("VELOCANARY");
            assertThat(Duration.ofNanos(clock.getCurrentThreadCpuTime() - start))
                    .isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void expandsVariablesOnceAndOnlyAllowedOnes() {
        VariableExpansion expansion =
                new VariableExpansion(
                        Map.of("VELO_A", "${VELO_A}${VELO_B}", "VELO_EMPTY", "")::get);

        assertThat(expansion.expand("x${VELO_A}y")).isEqualTo("x${VELO_A}${VELO_B}y");
        assertThat(expansion.expand("${VELO_B:-d}${VELO_B:e}${VELO_EMPTY:-f}")).isEqualTo("def");
        assertThat(expansion.expand("${VELO_EMPTY}")).isEmpty();
        assertThat(expansion.expand("${year}/${env:VELO_A}/{YYYY}"))
                .isEqualTo("${year}/${env:VELO_A}/{YYYY}");
        assertThatThrownBy(() -> expansion.expand("${VELO_B:?say it}"))
                .hasMessageContaining("say it");
        assertThatThrownBy(() -> expansion.expand("${VELO_B}")).hasMessageContaining("not set");
        assertThatThrownBy(() -> expansion.expand("${PATH}")).hasMessageContaining("VELO-SEC-001");
    }

    private ConfigFile write(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return ConfigFile.read(file.toString());
    }
}
