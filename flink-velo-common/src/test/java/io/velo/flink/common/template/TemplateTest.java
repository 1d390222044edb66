// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.template.Segment.Alternatives;
import io.velo.flink.common.template.Segment.Calendar;
import io.velo.flink.common.template.Segment.Column;
import io.velo.flink.common.template.Segment.Literal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @Test
    void bothSpellingsOfAColumnAreOne() {
        Template template = Template.parse("results:{id}/${country}x{id}");

        assertThat(template.segments())
                .containsExactly(
                        new Literal("results:"),
                        new Column("id"),
                        new Literal("/"),
                        new Column("country"),
                        new Literal("x"),
                        new Column("id"));
        assertThat(template.columns()).containsExactly("id", "country");
        assertThat(template.usesTime()).isFalse();
        assertThat(template.isConstant()).isFalse();
        assertThat(template).hasToString("results:{id}/${country}x{id}");
    }

    @Test
    void dateWordsAreCalendarParts() {
        assertThat(Template.parse("{YYYY}/{MM}/{DD}/{HH}/d={YYYY-MM-DD}", name -> false).segments())
                .containsExactly(
                        new Calendar("YYYY"),
                        new Literal("/"),
                        new Calendar("MM"),
                        new Literal("/"),
                        new Calendar("DD"),
                        new Literal("/"),
                        new Calendar("HH"),
                        new Literal("/d="),
                        new Calendar("YYYY-MM-DD"));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-31T23:05:00, 2024, 12, 31, 23, 2024-12-31",
        "2025-12-31T00:59:59, 2025, 12, 31, 00, 2025-12-31",
        "2027-01-01T05:00:00, 2027, 01, 01, 05, 2027-01-01"
    })
    void theYearIsTheCalendarYearAndTheDayIsOfTheMonth(
            LocalDateTime time, String year, String month, String day, String hour, String date) {
        assertThat(new Calendar("YYYY").format(time)).isEqualTo(year);
        assertThat(new Calendar("MM").format(time)).isEqualTo(month);
        assertThat(new Calendar("DD").format(time)).isEqualTo(day);
        assertThat(new Calendar("HH").format(time)).isEqualTo(hour);
        assertThat(new Calendar("YYYY-MM-DD").formatter().format(time)).isEqualTo(date);
    }

    @Test
    void aColumnWinsOverADateWord() {
        assertThat(Template.parse("{MM}", Set.of("MM")::contains).segments())
                .containsExactly(new Column("MM"));
        assertThat(Template.parse("{MM}", Set.of("mm")::contains).segments())
                .containsExactly(new Calendar("MM"));
    }

    @Test
    void doubledBracesAreLiteral() {
        assertThat(Template.parse("{{id}}").segments()).containsExactly(new Literal("{id}"));
        assertThat(Template.parse("{{{id}}}").segments())
                .containsExactly(new Literal("{"), new Column("id"), new Literal("}"));
        assertThat(Template.parse("${{a}}$").segments()).containsExactly(new Literal("${a}$"));
    }

    @Test
    void aCommaMakesAGlobAlternation() {
        assertThat(Template.parse("x.{csv,json,}").segments())
                .containsExactly(new Literal("x."), new Alternatives(List.of("csv", "json", "")));
    }

    @Test
    void referencesAndStarsStayText() {
        Template template = Template.parse("${env:VELO_X}/*.json", name -> false);

        assertThat(template.segments()).containsExactly(new Literal("${env:VELO_X}/*.json"));
        assertThat(template.isConstant()).isTrue();
        assertThat(Template.parse("").segments()).isEmpty();
    }

    @Test
    void anUnknownPlaceholderSuggestsTheNearestColumn() {
        assertThatThrownBy(() -> Template.parse("{contry}/{yyyy}", List.of("id", "country")))
                .isInstanceOfSatisfying(
                        VeloException.class,
                        e ->
                                assertThat(e.problems())
                                        .hasSize(2)
                                        .allMatch(p -> p.code() == ErrorCode.SCHEMA_COLUMN))
                .hasMessageContaining("Did you mean 'country'?")
                .hasMessageContaining("Did you mean 'YYYY'?");
        assertThatThrownBy(() -> Template.parse("{x}", name -> false))
                .hasMessageContaining("'x' is neither a column nor a date word");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "a{b", "}", "a}b", "{}", "${}", "{a{b}}", "${", "{a}}x"})
    void bracesThatDoNotMatchAreRefused(String text) {
        assertThatThrownBy(() -> Template.parse(text))
                .isInstanceOfSatisfying(
                        VeloException.class,
                        e -> assertThat(e.problems().get(0).code()).isEqualTo(ErrorCode.URI_SYNTAX))
                .hasMessageContaining("{{ and }}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "{a", "}a", "{{", "{a}", "${", "{a{"})
    void hostileTextsEndInAShortError(String unit) {
        try {
            assertThat(Template.parse(unit.repeat(30_000)).segments()).isNotEmpty();
        } catch (VeloException e) {
            assertThat(e.getMessage().length()).isLessThanOrEqualTo(1024);
        }
    }

    @Test
    void itSurvivesSerialization() throws Exception {
        Template template = Template.parse("{id}/{YYYY}/{a,b}");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(template);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(template).hasSameHashCodeAs(template);
        }
    }
}
