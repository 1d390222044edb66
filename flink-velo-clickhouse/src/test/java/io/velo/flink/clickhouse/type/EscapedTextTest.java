// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@link EscapedText}, and the quotes around it in {@link TypeText}. */
class EscapedTextTest {

    @Test
    void leavesPlainTextAlone() {
        assertThat(EscapedText.plain("")).isEmpty();
        assertThat(EscapedText.plain("Zürich")).isEqualTo("Zürich");
    }

    @Test
    void resolvesEveryEscape() {
        assertThat(EscapedText.plain("\\n\\t\\r\\b\\f\\0\\\\\\'n")).isEqualTo("\n\t\r\b\f\0\\'n");
    }

    @Test
    void keepsABackslashWithNothingBehindIt() {
        assertThat(EscapedText.plain("a\\")).isEqualTo("a\\");
    }

    @Test
    void standsBetweenQuotes() {
        assertThat(TypeText.unquote("'it\\'s'")).isEqualTo("it's");
        assertThat(TypeText.unquote("''")).isEmpty();
        assertThat(TypeText.unquote("'")).isEmpty();
        assertThat(TypeText.unquote("")).isEmpty();
    }
}
