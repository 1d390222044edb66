// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BlockTokenTest {

    @Test
    void isWrittenAsItIsRead() {
        BlockToken token = new BlockToken("6f1c:3", 12, 0xcafe_f00d);

        assertThat(token).hasToString("v1:6f1c:3:12:cafef00d");
        assertThat(BlockToken.parse(token.toString())).isEqualTo(token);
    }

    @Test
    void theBlocksOfAWriterFollowTheirNumbers() {
        List<String> ordered =
                Stream.of("v1:a:0:10:1", "v1:b:0:0:9", "v1:a:0:9:f", "v1:a:0:11:0")
                        .map(BlockToken::parse)
                        .sorted()
                        .map(BlockToken::toString)
                        .toList();

        assertThat(ordered)
                .containsExactly("v1:a:0:9:f", "v1:a:0:10:1", "v1:a:0:11:0", "v1:b:0:0:9");
    }
}
