// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every URI that the specification writes is read as it says. */
class SpecificationUrisTest {

    static Stream<String> table() throws IOException {
        try (InputStream data =
                SpecificationUrisTest.class.getResourceAsStream("specification-uris.txt")) {
            return new String(data.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"));
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void isReadAsSpecified(String line) {
        String[] cells = line.split(" \\|", -1);
        VeloUri uri = VeloUri.parse(cells[0]);

        String user =
                uri.user().orElse("")
                        + uri.password().map(Secret::written).map(text -> ":" + text).orElse("");
        String parameters =
                uri.parameters().stream()
                        .map(parameter -> parameter.name() + "=" + parameter.value())
                        .collect(Collectors.joining(" & "));
        assertThat(uri.scheme()).isEqualTo(cells[0].substring(0, cells[0].indexOf(':')));
        assertThat(user).isEqualTo(cells[1].strip());
        assertThat(uri.authority()).isEqualTo(cells[2].strip());
        assertThat(String.join(" > ", uri.pathSegments())).isEqualTo(cells[3].strip());
        assertThat(parameters).isEqualTo(cells[4].strip());
        assertThat(uri.print()).isEqualTo(cells[0]);
    }

    /** The grammar notation and the unfilled templates of the documents are no URIs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka://...",
                "redis://host:port/db?key_pattern=events:*",
                "redis://{}?key_pattern={}&format={}",
                "postgresql://[user[:password]@]host[:port]/database[?params]",
                "clickhouse://[user[:password]@]host[:port]/database[?params]",
                "kafka://broker1[:port][,broker2[:port]]/topic[?params]",
                "file://[host]/path[/*.{format}][?params]"
            })
    void notationIsRefused(String notation) {
        assertThatThrownBy(() -> VeloUri.parse(notation)).isInstanceOf(VeloException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://path/to/data.parquet"})
    void aRelativeFileIsRefusedWithTheThreeSlashes(String uri) {
        assertThatThrownBy(() -> VeloUri.parse(uri))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("file:///path/");
    }
}
