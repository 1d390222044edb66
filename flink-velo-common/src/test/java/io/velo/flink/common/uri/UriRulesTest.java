// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules P1 to P16 of the grammar, one after the other. */
class UriRulesTest {

    @Test
    void p1KeepsEveryHostAndFillsTheDefaultPortPerHost() {
        VeloUri uri = VeloUri.parse("kafka://b1,b2:9093,[::1]/t");

        assertThat(uri.hosts())
                .containsExactly(
                        new HostPort("b1", HostPort.NOT_GIVEN),
                        new HostPort("b2", 9093),
                        new HostPort("::1", HostPort.NOT_GIVEN));
        assertThat(uri.hostsWithDefaultPort(9092)).isEqualTo("b1:9092,b2:9093,[::1]:9092");
    }

    @Test
    void p2LowersTheScheme() {
        assertThat(VeloUri.parse("PostgreSQL://H/db").scheme()).isEqualTo("postgresql");
        assertThat(VeloUri.parse("KAFKA://b/t")).isEqualTo(VeloUri.parse("kafka://b/t"));
        assertThat(VeloUri.schemeOf("Foo+bar-2.x://anything")).isEqualTo("foo+bar-2.x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "orders", "://h", "1a://h", "a b://h", "kafka:/h", "kafka:h"})
    void p2RefusesATextWithoutScheme(String text) {
        assertThat(VeloUri.looksLikeUri(text)).isFalse();
        assertProblem(text, ErrorCode.URI_SYNTAX, "does not start with a scheme");
        assertThatThrownBy(() -> VeloUri.schemeOf(text)).isInstanceOf(VeloException.class);
    }

    @Test
    void p3EndsTheAuthorityAtTheFirstSlashOrQuestionMark() {
        VeloUri uri = VeloUri.parse("redis://localhost:6379?key_pattern=a/b?c");

        assertThat(uri.hosts()).containsExactly(new HostPort("localhost", 6379));
        assertThat(uri.path()).isEmpty();
        assertThat(uri.parameter("key_pattern")).contains("a/b?c");
    }

    @Test
    void p3EndsTheUserAtTheFirstColonAndTheUserinfoAtTheLastAt() {
        VeloUri uri = VeloUri.parse("postgresql://me:a:b@c@h/db");

        assertThat(uri.user()).contains("me");
        assertThat(uri.password().orElseThrow().written()).isEqualTo("a:b@c");
        assertThat(uri.hosts()).containsExactly(new HostPort("h", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:hun/ter2@h/db",
                "postgresql://me:hun?ter2@h/db",
                "postgresql://me:/ter2@h/db"
            })
    void p4SaysToEncodeAPasswordAndPrintsNothingOfIt(String text) {
        assertThatThrownBy(() -> VeloUri.parse(text))
                .hasMessageContaining("percent-encode / ? # @ :")
                .hasMessageContaining("where: postgresql://***\n")
                .hasMessageNotContaining("hun")
                .hasMessageNotContaining("ter2");
    }

    @Test
    void p4DecodesAnEncodedPassword() {
        VeloUri uri = VeloUri.parse("postgresql://me:%2F%3F%23%40%3A%25@h/db");

        assertThat(uri.password().orElseThrow().written()).isEqualTo("/?#@:%");
    }

    @Test
    void p5DecodesEscapesAsUtf8AndNeverMakesASeparator() {
        VeloUri uri = VeloUri.parse("kafka://h/a%2Fb/%E4%B8%AD%f0%9f%98%80?x%2Dy=%26%3D");

        assertThat(uri.pathSegments()).containsExactly("a/b", "中😀");
        assertThat(uri.path()).isEqualTo("/a/b/中😀");
        assertThat(uri.parameters().get(0).name()).isEqualTo("x-y");
        assertThat(uri.parameters().get(0).value()).isEqualTo("&=");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka://h/a%zzb, 11",
        "kafka://h/%, 10",
        "kafka://h/%4, 10",
        "kafka://h/x?a=%00, 14",
        "kafka://h/%C0%80, 10",
        "kafka://h/%ED%A0%80, 10",
        "kafka://h/%F4%90%80%80, 10",
        "kafka://h/%E4%B8, 10",
        "kafka://h/ok%FF, 12",
        "s3://b/%80, 7"
    })
    void p5NamesTheOffsetOfABrokenEscape(String text, int offset) {
        assertProblem(text, ErrorCode.URI_SYNTAX, "The escape at offset " + offset + " ");
    }

    @Test
    void p6TakesPlusAndHashLiterally() {
        VeloUri file = VeloUri.parse("file:///r#1+2.csv?header=a+b#c");

        assertThat(file.path()).isEqualTo("/r#1+2.csv");
        assertThat(file.parameter("header")).contains("a+b#c");
        assertThat(VeloUri.parse("redis://:a#b+c@h").password().orElseThrow().written())
                .isEqualTo("a#b+c");
    }

    @Test
    void p7StartsTheQueryOfALocationAtTheFirstQuestionMarkBeforeAName() {
        VeloUri uri = VeloUri.parse("s3://b/part-?/x??.csv?header=true&quote=?");

        assertThat(uri.pathSegments()).containsExactly("part-?", "x??.csv");
        assertThat(uri.parameters()).extracting(Parameter::name).containsExactly("header", "quote");
        VeloUri literal = VeloUri.parse("s3://b/a%3Fb=c");
        assertThat(literal.path()).isEqualTo("/a?b=c");
        assertThat(literal.rawPath()).isEqualTo("/a%3Fb=c");
        assertThat(literal.parameters()).isEmpty();
        assertThat(VeloUri.parse("kafka://h/t?x=1").path()).isEqualTo("/t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batch_size=1&batchSize=2",
                "batch-size=1&batch.size=2",
                "batch_size=1&BATCH_SIZE=2",
                "batch_size=1&batch%5Fsize=2"
            })
    void p8RefusesADuplicateAfterFolding(String query) {
        assertProblem(
                "kafka://h/t?" + query, ErrorCode.URI_DUPLICATE_PARAMETER, "both spellings mean");
    }

    @Test
    void p8NamesBothSpellings() {
        assertProblem(
                "kafka://h/t?batch_size=1&batchSize=2",
                ErrorCode.URI_DUPLICATE_PARAMETER,
                "The parameter 'batch_size' stands there again as 'batchSize'");
    }

    @Test
    void p9KeepsAnEmptyValueAndRefusesAFlag() {
        assertThat(VeloUri.parse("kafka://h/t?a=").parameter("a")).contains("");
        assertProblem("file:///x?a=1&watch", ErrorCode.URI_SYNTAX, "'watch' has no value");
        assertThatThrownBy(() -> VeloUri.parse("kafka://h/t?watch"))
                .hasMessageContaining("Write watch=true");
        assertProblem("kafka://h/t?=x", ErrorCode.URI_SYNTAX, "is not a name");
        assertProblem("kafka://h/t?a=1&&b=2", ErrorCode.URI_SYNTAX, "is empty");
    }

    @Test
    void p10TakesRawSpacesStarsBracesAndEqualsInAValue() {
        VeloUri uri = VeloUri.parse("kafka://h/t?a= *{}=x &b=1,2%2C3,&c=%26");

        assertThat(uri.parameter("a")).contains(" *{}=x ");
        assertThat(uri.parameters().get(1).items()).containsExactly("1", "2,3", "");
        assertThat(uri.parameter("c")).contains("&");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '"',
            value = {
                ", 44",
                "%2C 44",
                "comma 44",
                "%09 9",
                "\\t 9",
                "TAB 9",
                "| 124",
                "pipe 124",
                "; 59",
                "semicolon 59",
                "%20 32",
                "space 32"
            })
    void p11ReadsOneCharacter(String written, int character) {
        VeloUri uri = VeloUri.parse("file:///x?delimiter=" + written);

        char read = OneCharacter.parse("delimiter", uri.parameter("delimiter").orElseThrow());

        assertThat((int) read).isEqualTo(character);
    }

    @Test
    void p11RefusesTwoCharacters() {
        assertThatThrownBy(() -> OneCharacter.parse("delimiter", "ab"))
                .hasMessageContaining("'delimiter' is not one character")
                .hasMessageContaining("comma, pipe, semicolon, space, tab");
    }

    @Test
    void p12ReadsIpv6InBrackets() {
        VeloUri uri = VeloUri.parse("kafka://[::1]:9092,[fe80::1%25eth0],[::ffff:10.0.0.1]:1/t");

        assertThat(uri.hosts())
                .containsExactly(
                        new HostPort("::1", 9092),
                        new HostPort("fe80::1%eth0", -1),
                        new HostPort("::ffff:10.0.0.1", 1));
        assertThat(VeloUri.parse(uri.print())).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h:0",
                "h:65536",
                "h:99999999999999999999",
                "h:",
                "h:x",
                "h:-1",
                "::1:9092",
                "[::1",
                "[::1]x",
                "[h]:1",
                "[1:2:3]",
                "h,,i",
                ",h",
                "h,",
                "u@",
                "@h",
                "-h",
                "a b",
                "{x}",
                "${x}",
                "a%2Cb"
            })
    void p12RefusesABadHostOrPortWithTheRange(String authority) {
        assertThatThrownBy(() -> VeloUri.parse("kafka://" + authority + "/t"))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("a port from 1 to 65535")
                .hasMessageContaining("[::1]:9092");
    }

    @Test
    void p13AllowsNoHostInAFile() {
        assertThat(VeloUri.parse("file://localhost/x")).isEqualTo(VeloUri.parse("file:///x"));
        assertThatThrownBy(() -> VeloUri.parse("file://host/x"))
                .hasMessageContaining("file:///host/");
        assertThatThrownBy(() -> VeloUri.parse("file://me:hunter2@host/x"))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void p14LeavesTheTrailingSlashToTheScheme() {
        VeloUri prefix = VeloUri.parse("s3://b/a/b/");

        assertThat(prefix.pathSegments()).containsExactly("a", "b");
        assertThat(prefix.endsWithSlash()).isTrue();
        assertThat(VeloUri.parse("s3://b/a/b").endsWithSlash()).isFalse();
        assertThat(VeloUri.parse("s3://b/").pathSegments()).isEmpty();
        assertThat(VeloUri.parse("s3://b/a//b").pathSegments()).containsExactly("a", "", "b");
    }

    @Test
    void p15RespellsAndPrintsWhatParsesToTheSame() {
        VeloUri uri = VeloUri.parse("KAFKA://%75ser:p%40ss@h:09092/%41%2e%2a?b=%7e%41&a=%20");

        assertThat(uri.print()).isEqualTo("kafka://user:p%40ss@h:9092/A%2E%2A?b=%7EA&a= ");
        assertThat(VeloUri.parse(uri.print())).isEqualTo(uri);
        assertThat(VeloUri.parse("s3://b/%2A")).isNotEqualTo(VeloUri.parse("s3://b/*"));
        assertThat(VeloUri.parse("k://h/t?a=1&b=2")).isNotEqualTo(VeloUri.parse("k://h/t?b=2&a=1"));
    }

    @Test
    void p15HoldsItsLimits() {
        assertThat(VeloUri.parse("k://h/" + "a".repeat(8192 - 6)).path()).hasSize(8187);
        assertProblem("k://h/" + "a".repeat(8192 - 5), ErrorCode.URI_SYNTAX, "longer than 8192");
        assertProblem("k://h/" + "ü".repeat(4094), ErrorCode.URI_SYNTAX, "longer than 8192");
        assertThat(VeloUri.parse("k://" + repeated("h%d", ",", 64)).hosts()).hasSize(64);
        assertProblem("k://" + repeated("h%d", ",", 65), ErrorCode.URI_SYNTAX, "more than 64");
        String most = "k://h/t?" + repeated("p%d=1", "&", 128);
        assertThat(VeloUri.parse(most).parameters()).hasSize(128);
        assertProblem(most + "&q=1", ErrorCode.URI_SYNTAX, "more than 128 parameters");
    }

    @Test
    void p16ShowsNoSecret() {
        VeloUri uri = VeloUri.parse("redis://me:hunter2@h:1/0?a=1&%70assword=hunter2&ttl=5");

        assertThat(uri).hasToString("redis://***@h:1/0?a=1&password=***&ttl=5");
        assertThat(uri.redacted(name -> name.equals("ttl"))).contains("ttl=***").contains("a=1");
    }

    @Test
    void allProblemsComeAtOnce() {
        assertThatThrownBy(() -> VeloUri.parse("k://h/%zz?flag&a=1&A=2&b=%00"))
                .isInstanceOfSatisfying(
                        VeloException.class, e -> assertThat(e.problems()).hasSize(4))
                .hasMessageContaining("offset 6")
                .hasMessageContaining("'flag'")
                .hasMessageContaining("'A'");
    }

    private static void assertProblem(String text, ErrorCode code, String sentence) {
        assertThatThrownBy(() -> VeloUri.parse(text))
                .isInstanceOfSatisfying(
                        VeloException.class,
                        e -> {
                            List<Problem> problems = e.problems();
                            assertThat(problems).extracting(Problem::code).containsExactly(code);
                            assertThat(problems.get(0).sentence()).contains(sentence);
                            assertThat(problems.get(0).remedy()).isNotEmpty();
                        });
    }

    private static String repeated(String pattern, String glue, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> String.format(pattern, i))
                .collect(Collectors.joining(glue));
    }
}
