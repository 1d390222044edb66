// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.discovery;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.TableRequest;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Compares the columns, key and watermark that a table has with those that its options ask for. The
 * options make them where columns are discovered; on a table that declares its columns they would
 * have no effect, so a difference is refused. Used by one thread.
 */
public final class DeclarationCheck {

    private final TableRequest request;
    private final ResolvedOptions options;
    private final Problems problems = new Problems();

    private DeclarationCheck(TableRequest request) {
        this.request = request;
        this.options = request.options();
    }

    /**
     * Checks a table that is about to be read or written.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-OPT-002} with every difference
     */
    public static void check(TableRequest request) {
        DeclarationCheck check = new DeclarationCheck(request);
        check.columns();
        check.primaryKey();
        if (request.role() == OptionRole.SOURCE) {
            check.watermark();
        }
        check.problems.throwIfAny();
    }

    private void columns() {
        options.find(CommonOptions.COLUMNS)
                .map(text -> ColumnList.parse(text, request.classLoader()))
                .filter(columns -> !areDeclared(columns))
                .ifPresent(
                        columns ->
                                refuse(
                                        "Option 'columns' differs from the columns that the table"
                                                + " declares.",
                                        "Remove one of the two."));
    }

    /** Whether a key column may be null is the key's to say. */
    private boolean areDeclared(List<DiscoveredTable.Column> columns) {
        List<Column> declared =
                request.schema().getColumns().stream().filter(Column::isPhysical).toList();
        if (columns.size() != declared.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            LogicalType asked = columns.get(i).type().getLogicalType();
            LogicalType actual = declared.get(i).getDataType().getLogicalType();
            if (!columns.get(i).name().equals(declared.get(i).getName())
                    || !asked.copy(true).equals(actual.copy(true))) {
                return false;
            }
        }
        return true;
    }

    private void primaryKey() {
        List<String> asked = options.find(CommonOptions.PRIMARY_KEY).orElse(List.of());
        if (asked.isEmpty() || asked.equals(request.primaryKey())) {
            return;
        }
        String names = String.join(", ", asked);
        refuse(
                "Option 'primary-key' asks for ("
                        + names
                        + "), but the table declares "
                        + (request.primaryKey().isEmpty()
                                ? "no PRIMARY KEY."
                                : "PRIMARY KEY (" + String.join(", ", request.primaryKey()) + ")."),
                "Remove the option and declare PRIMARY KEY (" + names + ") NOT ENFORCED.");
    }

    private void watermark() {
        Optional<EventTime> asked = EventTime.of(options);
        if (asked.isEmpty()) {
            refuseStrategyWithoutField();
            return;
        }
        asked.get()
                .expression()
                .filter(expression -> !isDeclared(asked.get().column(), expression))
                .ifPresent(
                        expression ->
                                refuse(
                                        "Option 'event-time.field' asks for another watermark than"
                                                + " the table declares.",
                                        "Remove the option and declare WATERMARK FOR `"
                                                + asked.get().column()
                                                + "` AS "
                                                + expression
                                                + "."));
    }

    private void refuseStrategyWithoutField() {
        if (options.isSet(CommonOptions.WATERMARK_STRATEGY)
                || options.isSet(CommonOptions.WATERMARK_DELAY)) {
            refuse(
                    "Options 'watermark.strategy' and 'watermark.max-out-of-orderness' need"
                            + " 'event-time.field'.",
                    "Name the column that holds the event time, or remove them.");
        }
    }

    private boolean isDeclared(String column, String expression) {
        return request.schema().getWatermarkSpecs().stream()
                .filter(spec -> spec.getRowtimeAttribute().equals(column))
                .map(WatermarkSpec::getWatermarkExpression)
                .anyMatch(actual -> same(actual.asSerializableString(), expression));
    }

    private static boolean same(String left, String right) {
        return left.replaceAll("\\s", "").equalsIgnoreCase(right.replaceAll("\\s", ""));
    }

    private void refuse(String sentence, String remedy) {
        problems.add(
                Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                        .at(request.uri().toString())
                        .remedy(remedy));
    }
}
