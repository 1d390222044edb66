// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.DictionaryMeta;
import io.velo.flink.clickhouse.meta.Engine;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.lookup.KeyColumns;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The query that asks a dictionary of the server for many keys at once. Keys that the dictionary
 * does not have give no row. Immutable.
 */
final class DictionaryQuery {

    private static final String ASKED = "_velo_asked";
    private static final String KEY = "_velo_key";
    private static final String VALUES = "_velo_values";

    private final ScanPlan plan;
    private final KeyColumns keys;
    private final DictionaryMeta dictionary;
    private final TableMeta columns;

    DictionaryQuery(ScanPlan plan, KeyColumns keys, DictionaryMeta dictionary) {
        this.plan = plan;
        this.keys = keys;
        this.dictionary = dictionary;
        List<ColumnMeta> all = new ArrayList<>(dictionary.keys());
        all.addAll(dictionary.attributes());
        int dot = dictionary.name().indexOf('.');
        this.columns =
                new TableMeta(
                        dot < 0 ? "dictionary" : dictionary.name().substring(0, dot),
                        dictionary.name().substring(dot + 1),
                        new Engine("Dictionary", List.of()),
                        all,
                        List.of(),
                        "",
                        "");
    }

    /**
     * The query.
     *
     * @throws io.velo.flink.common.error.VeloException if the dictionary lacks a column, or its key
     *     is not that of the join
     */
    LookupQuery query(ZoneId zone) {
        checkLayout();
        List<String> list = SelectList.of(plan, columns);
        List<String> joined = joined();
        String select =
                "SELECT "
                        + String.join(", ", list)
                        + " FROM (SELECT "
                        + String.join(", ", expressions())
                        + " FROM (SELECT "
                        + KEY
                        + values()
                        + " FROM (SELECT "
                        + key(joined)
                        + " AS "
                        + KEY
                        + " FROM (SELECT arrayJoin(CAST([";
        String end =
                "], "
                        + Sql.text("Array(" + askedType(joined) + ")")
                        + ")) AS "
                        + ASKED
                        + ")) WHERE dictHas("
                        + Sql.text(dictionary.name())
                        + ", "
                        + KEY
                        + ")))";
        return new LookupQuery(plan, keys, compared(zone), select, end, zone);
    }

    /** The type of one key as it is asked, in the order of the join. */
    private String askedType(List<String> joined) {
        List<String> types =
                joined.stream().map(name -> columns.column(name).get().type().text()).toList();
        return types.size() == 1 ? types.get(0) : "Tuple(" + String.join(", ", types) + ")";
    }

    /** What was asked as dictGet takes it: in the order of the dictionary. */
    private String key(List<String> joined) {
        if (!dictionary.complexKey()) {
            return ASKED;
        }
        return joined.size() == 1
                ? "tuple(" + ASKED + ")"
                : dictionary.keys().stream()
                        .map(column -> joined.indexOf(column.name()) + 1)
                        .map(position -> "tupleElement(" + ASKED + ", " + position + ")")
                        .collect(Collectors.joining(", ", "tuple(", ")"));
    }

    private void checkLayout() {
        if (dictionary.looksUpOtherwise()) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Dictionary "
                                    + dictionary.name()
                                    + " has the layout "
                                    + dictionary.layout()
                                    + ", which is not looked up by equal keys.")
                    .at(plan.target().place())
                    .remedy("Use one of a hashed, flat, cached or direct layout, or the table.")
                    .toException();
        }
    }

    /** The columns that the join compares, which have to be all those of the key. */
    private List<String> joined() {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            joined.add(plan.columns().get(keys.position(i)).name());
        }
        List<String> wanted = dictionary.keys().stream().map(ColumnMeta::name).toList();
        if (joined.size() != wanted.size() || !joined.containsAll(wanted)) {
            throw otherKey(joined, wanted);
        }
        return joined;
    }

    private List<FieldValue> compared(ZoneId zone) {
        List<FieldValue> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            ScanColumn column = plan.columns().get(keys.position(i));
            Optional<FieldValue> value =
                    new TableColumns(columns)
                            .find(column)
                            .flatMap(found -> FieldValue.ofKey(found, column.type(), zone));
            values.add(value.orElseThrow(() -> LookupQuery.notComparable(plan, column)));
        }
        return values;
    }

    private RuntimeException otherKey(List<String> joined, List<String> wanted) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "The join compares "
                                + String.join(", ", joined)
                                + ", and the key of dictionary "
                                + dictionary.name()
                                + " is "
                                + String.join(", ", wanted)
                                + ".")
                .at(plan.target().place())
                .remedy(
                        "Join by all columns of the key and no others, or remove"
                                + " lookup-dictionary.")
                .toException();
    }

    /** The attributes that the lookup returns. */
    private List<ColumnMeta> attributes() {
        List<String> names = plan.columns().stream().map(ScanColumn::name).toList();
        return dictionary.attributes().stream()
                .filter(attribute -> names.contains(attribute.name()))
                .toList();
    }

    /** All attributes by one call, for the dictionary is searched once per call. */
    private String values() {
        List<String> names = attributes().stream().map(each -> Sql.text(each.name())).toList();
        if (names.isEmpty()) {
            return "";
        }
        String wanted = names.size() == 1 ? names.get(0) : "(" + String.join(", ", names) + ")";
        return ", dictGet("
                + Sql.text(dictionary.name())
                + ", "
                + wanted
                + ", "
                + KEY
                + ") AS "
                + VALUES;
    }

    /** The dictionary's columns under their names. */
    private List<String> expressions() {
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < dictionary.keys().size(); i++) {
            String name = Sql.name(dictionary.keys().get(i).name());
            expressions.add((dictionary.complexKey() ? element(KEY, i) : KEY) + " AS " + name);
        }
        List<ColumnMeta> attributes = attributes();
        for (int i = 0; i < attributes.size(); i++) {
            String name = Sql.name(attributes.get(i).name());
            expressions.add((attributes.size() > 1 ? element(VALUES, i) : VALUES) + " AS " + name);
        }
        return expressions;
    }

    private static String element(String tuple, int index) {
        return "tupleElement(" + tuple + ", " + (index + 1) + ")";
    }
}
