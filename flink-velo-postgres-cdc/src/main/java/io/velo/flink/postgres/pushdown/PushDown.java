// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.pushdown;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.codec.TypeFamily;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.meta.RelationReader;
import io.velo.flink.postgres.meta.ServerFacts;
import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.scan.SelectItem;
import io.velo.flink.postgres.sql.Relation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.logical.RowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what of a query the server does. It must know the table as it is: where the server cannot
 * be asked while the statement is planned, nothing is handed over and Flink does all. Immutable,
 * therefore thread-safe.
 */
public final class PushDown {

    private static final Logger LOG = LoggerFactory.getLogger(PushDown.class);

    private final Map<String, PushedColumn> columns;

    private PushDown(Map<String, PushedColumn> columns) {
        this.columns = Map.copyOf(columns);
    }

    /**
     * What can be handed over for a table. Asks the server.
     *
     * @param declared the columns as Flink knows them
     */
    public static PushDown of(
            ConnectSettings settings, Relation relation, RowType declared, SpecialValues policy) {
        try (PostgresSession session =
                PostgresSession.tryOpen(settings, SessionPurpose.DISCOVERY)) {
            TableInfo table = RelationReader.tryRead(session, relation);
            ServerFacts facts = ServerFacts.of(session, relation);
            Map<String, PushedColumn> columns = new HashMap<>();
            for (RowType.RowField field : declared.getFields()) {
                Optional<TableColumn> column = table.column(field.getName());
                column.ifPresent(
                        known ->
                                columns.put(
                                        field.getName(),
                                        PushedColumn.of(known, field.getType(), policy, facts)));
            }
            return new PushDown(columns);
        } catch (SQLException | VeloException e) {
            LOG.info(
                    "Nothing is handed over to PostgreSQL for {} at {}: it cannot be asked now.",
                    relation,
                    settings);
            return new PushDown(Map.of());
        }
    }

    /** The condition in SQL, or empty if it stays with Flink. */
    public Optional<String> condition(ResolvedExpression expression) {
        return new Conditions(columns).sql(expression);
    }

    /**
     * What is selected for an aggregation: its grouping columns, then its aggregates; or empty if
     * it stays with Flink.
     *
     * @param fields the fields of the rows that are aggregated
     */
    public Optional<List<SelectItem>> aggregation(
            RowType fields, int[] grouping, List<AggregateExpression> aggregates) {
        List<SelectItem> items = new ArrayList<>();
        for (int field : grouping) {
            String name = fields.getFieldNames().get(field);
            if (!isGrouped(columns.get(name))) {
                return Optional.empty();
            }
            items.add(new SelectItem(SelectItem.Kind.COLUMN, name));
        }
        for (AggregateExpression aggregate : aggregates) {
            Optional<SelectItem> item = item(aggregate);
            if (item.isEmpty()) {
                return Optional.empty();
            }
            items.add(item.get());
        }
        return Optional.of(items);
    }

    /** Equal values must look the same, or the server would put together what Flink keeps apart. */
    private static boolean isGrouped(PushedColumn column) {
        return column != null
                && column.isExact()
                && column.family() != TypeFamily.REAL
                && column.family() != TypeFamily.OTHER;
    }

    private Optional<SelectItem> item(AggregateExpression aggregate) {
        boolean plain =
                !aggregate.isDistinct()
                        && !aggregate.isApproximate()
                        && aggregate.getFilterExpression().isEmpty()
                        && aggregate.getArgs().size() <= 1;
        if (!plain) {
            return Optional.empty();
        }
        // The classes belong to the planner, which hides them: their names are all there is.
        String function = aggregate.getFunctionDefinition().getClass().getName();
        if (function.endsWith(".Count1AggFunction")) {
            return Optional.of(new SelectItem(SelectItem.Kind.COUNT_ROWS, ""));
        }
        PushedColumn column =
                aggregate.getArgs().isEmpty()
                        ? null
                        : columns.get(aggregate.getArgs().get(0).getName());
        if (column == null || !column.isExact()) {
            return Optional.empty();
        }
        String name = aggregate.getArgs().get(0).getName();
        if (function.endsWith(".CountAggFunction")) {
            return Optional.of(new SelectItem(SelectItem.Kind.COUNT, name));
        }
        boolean compared =
                column.family().isOrdered()
                        && column.family() != TypeFamily.REAL
                        && column.family() != TypeFamily.UUID;
        if (compared && function.contains(".MinAggFunction")) {
            return Optional.of(new SelectItem(SelectItem.Kind.MIN, name));
        }
        if (compared && function.contains(".MaxAggFunction")) {
            return Optional.of(new SelectItem(SelectItem.Kind.MAX, name));
        }
        return Optional.empty();
    }
}
