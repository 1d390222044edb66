// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.scheme.Capability;
import io.velo.flink.common.scheme.DiscoverableScheme;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.TableRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.Schema;

/**
 * Finds the columns of tables that declare none and keeps what it found for a while, because Flink
 * asks a catalog for the same table several times per query. Thread-safe.
 */
public final class TableDiscovery {

    /**
     * What two discoveries must have in common to be the same one.
     *
     * @param uri the URI without credentials
     * @param options what else influences the answer, credentials included
     */
    private record Key(String uri, Object options) {}

    private final Cache<Key, DiscoveredTable> found;

    /**
     * A discovery with a cache.
     *
     * @param timeToLive how long an answer is kept
     * @param maxEntries how many answers are kept
     */
    public TableDiscovery(Duration timeToLive, int maxEntries) {
        this.found =
                Caffeine.newBuilder().expireAfterWrite(timeToLive).maximumSize(maxEntries).build();
    }

    /**
     * The schema of what a request names: from {@code columns} if given, else from the system
     * itself; with the primary key and the watermark that the options ask for.
     *
     * @throws io.velo.flink.common.error.VeloException if the columns cannot be found out
     */
    public Schema schemaOf(TableRequest request) {
        DiscoveredTable table = columns(request);
        Schema.Builder schema = Schema.newBuilder();
        for (DiscoveredTable.Column column : table.columns()) {
            schema.column(column.name(), keyColumn(request, table, column));
            if (!column.comment().isEmpty()) {
                schema.withComment(column.comment());
            }
        }
        EventTime.of(request.options())
                .ifPresent(time -> time.addTo(schema, table, request.uri().toString()));
        List<String> key = primaryKey(request, table);
        if (!key.isEmpty()) {
            schema.primaryKey(key);
        }
        return schema.build();
    }

    /**
     * What the system says about the table itself, or empty.
     *
     * @throws io.velo.flink.common.error.VeloException if it cannot be found out
     */
    public String commentOf(TableRequest request) {
        return columns(request).comment();
    }

    /** Forgets what was found, so that the next question goes to the systems again. */
    public void forgetAll() {
        found.invalidateAll();
    }

    private DiscoveredTable columns(TableRequest request) {
        Optional<String> columns = request.options().find(CommonOptions.COLUMNS);
        if (columns.isPresent()) {
            return new DiscoveredTable(
                    ColumnList.parse(columns.get(), request.classLoader()), List.of(), "");
        }
        Scheme scheme = SchemeRegistry.load(request.classLoader()).get(request.uri().scheme());
        if (!(scheme instanceof DiscoverableScheme discoverable)) {
            throw Capability.DISCOVERY.refusal(scheme.spec().name()).toException();
        }
        Key key = new Key(request.uri().print(), request.options());
        // Not under the cache's lock: one slow server must not hold up the others.
        DiscoveredTable table = found.getIfPresent(key);
        if (table == null) {
            table = discoverable.discover(request);
            found.put(key, table);
        }
        return table;
    }

    /** A key column is never null, whatever a sample showed. */
    private static org.apache.flink.table.types.DataType keyColumn(
            TableRequest request, DiscoveredTable table, DiscoveredTable.Column column) {
        return primaryKey(request, table).contains(column.name())
                ? column.type().notNull()
                : column.type();
    }

    private static List<String> primaryKey(TableRequest request, DiscoveredTable table) {
        List<String> asked = request.options().find(CommonOptions.PRIMARY_KEY).orElse(List.of());
        for (String name : asked) {
            if (table.columns().stream().noneMatch(column -> column.name().equals(name))) {
                throw Problem.of(
                                ErrorCode.SCHEMA_COLUMN,
                                "Option 'primary-key' names the column '"
                                        + name
                                        + "', which the table does not have.")
                        .at(request.uri().toString())
                        .remedy("Columns: " + names(table) + ".")
                        .toException();
            }
        }
        return asked.isEmpty() ? table.primaryKey() : asked;
    }

    static String names(DiscoveredTable table) {
        return String.join(
                ", ", table.columns().stream().map(DiscoveredTable.Column::name).toList());
    }
}
