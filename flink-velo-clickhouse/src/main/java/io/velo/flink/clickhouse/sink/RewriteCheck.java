// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.ServerMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.GeoShapes;
import io.velo.flink.clickhouse.type.TypeKind;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Whether a row of a table that Flink reads and writes again still has all its values: those of
 * columns that Flink does not know would become defaults, and some types show Flink less than there
 * is. For planning; not thread-safe.
 */
final class RewriteCheck {

    private final SinkPlan plan;
    private final TableMeta meta;
    private ZoneId zone;

    RewriteCheck(SinkPlan plan, TableMeta meta) {
        this.plan = plan;
        this.meta = meta;
    }

    /** The columns that hold values, and that neither the Flink table nor the sink fills. */
    List<String> unknown(Upserts upserts) {
        List<String> filled =
                List.of(Marker.COLUMN, upserts.version(), upserts.deleteMark(), upserts.sign());
        return meta.columns().stream()
                .filter(ColumnMeta::ordinary)
                .map(ColumnMeta::name)
                .filter(name -> !filled.contains(name))
                .filter(name -> !plan.rowType().getFieldNames().contains(name))
                .toList();
    }

    /** The columns whose Flink types show less than they hold, each with both types. */
    List<String> lossy() {
        List<String> lossy = new ArrayList<>();
        for (RowType.RowField field : plan.rowType().getFields()) {
            ClickHouseType type = meta.column(field.getName()).map(ColumnMeta::type).orElse(null);
            if (type != null && loses(type, field.getType())) {
                lossy.add(
                        "'"
                                + field.getName()
                                + "' ("
                                + type
                                + " as "
                                + field.getType().asSummaryString()
                                + ")");
            }
        }
        return lossy;
    }

    private boolean loses(ClickHouseType type, LogicalType flink) {
        if (flink.is(LogicalTypeFamily.CHARACTER_STRING) && GeoShapes.isShape(type)) {
            return true;
        }
        return switch (type.kind()) {
            case DATETIME, DATETIME64 ->
                    flink.is(LogicalTypeFamily.TIMESTAMP)
                            && (LogicalTypeChecks.getPrecision(flink) < type.precision()
                                    || flink.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
                                            && !zoneOf(type).getRules().isFixedOffset());
            case TIME64 ->
                    flink.is(LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE)
                            && LogicalTypeChecks.getPrecision(flink) < type.precision();
            case UNSIGNED -> flink.is(LogicalTypeRoot.BOOLEAN);
            case JSON, ANY -> true;
            case STATE -> !flink.is(LogicalTypeFamily.BINARY_STRING);
            case ARRAY, VECTOR, MAP, TUPLE -> anyLoses(type, flink);
            default -> false;
        };
    }

    private boolean anyLoses(ClickHouseType type, LogicalType flink) {
        if (flink instanceof ArrayType array) {
            return loses(type.element(), array.getElementType());
        }
        if (flink instanceof MapType map) {
            return type.kind() == TypeKind.MAP
                    && (loses(type.element(), map.getKeyType())
                            || loses(type.mapValue(), map.getValueType()));
        }
        if (flink instanceof RowType row && row.getFieldCount() == type.fields().size()) {
            for (int i = 0; i < row.getFieldCount(); i++) {
                if (loses(type.fields().get(i).type(), fieldOf(row, type.fields().get(i), i))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** By name where the names are the same, else by order. */
    private static LogicalType fieldOf(RowType row, ClickHouseType.Field field, int position) {
        int named = row.getFieldIndex(field.name());
        return row.getTypeAt(named < 0 ? position : named);
    }

    /** In a zone with summer time, two instants of a year's last hour of it look the same. */
    private ZoneId zoneOf(ClickHouseType type) {
        if (!type.zone().isEmpty()) {
            return ZoneId.of(type.zone());
        }
        if (zone == null) {
            zone = plan.timezone().isEmpty() ? ofServer() : ZoneId.of(plan.timezone());
        }
        return zone;
    }

    private ZoneId ofServer() {
        HttpTransport transport = new HttpTransport(SinkRequest.forPlanning(plan.target()));
        try {
            return ServerMeta.read(transport, Set.of()).zone();
        } catch (IOException failure) {
            throw Explanation.of(
                    failure,
                    "Asking for the time zone of the server",
                    transport.host(),
                    plan.target().place());
        }
    }
}
