// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.lookup.BatchingLookup;
import io.velo.flink.common.lookup.KeyValues;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.lookup.Lookups;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.meta.TableReader;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.TableName;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.PostgresVersion;
import io.velo.flink.testkit.server.RequiredServer;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Discovery, COPY and lookup on every version that is supported. */
class VersionsITCase {

    private static final RowType TWO_COLUMNS =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                                    DataTypes.FIELD("v", DataTypes.STRING()))
                            .getLogicalType();

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void describesCopiesAndLooksUp(PostgresVersion version) throws Exception {
        try (PostgresServer server = RequiredServer.started(PostgresServer.create(version))) {
            TestDatabase database = TestDatabase.create(server);
            database.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')");
            database.execute(
                    "CREATE TABLE t (id int8 PRIMARY KEY, v text, n numeric(9,2), ts timestamptz,"
                            + " u uuid, j jsonb, m mood, a int[], i interval)");
            database.execute(
                    "INSERT INTO t SELECT i, 'v' || i, i / 4.0, to_timestamp(i),"
                            + " md5(i::text)::uuid, to_jsonb(i), 'ok', ARRAY[i, NULL],"
                            + " i * interval '1 day' FROM generate_series(1, 1000) i");
            try (PostgresSession session = database.session()) {
                TableInfo table = new TableReader(session).read(TableName.of("public", "t"));
                assertThat(table.primaryKey()).containsExactly(Identifier.of("id"));
            }

            List<RowData> rows = CopiedTable.read(database, "t");
            assertThat(rows).hasSize(1000);
            RowData row = rows.get(2);
            assertThat(row.getLong(0)).isEqualTo(3);
            assertThat(row.getDecimal(2, 9, 2)).hasToString("0.75");
            assertThat(row.getTimestamp(3, 6).getMillisecond()).isEqualTo(3000);
            assertThat(row.getString(5)).hasToString("3");
            assertThat(row.getString(6)).hasToString("ok");
            assertThat(row.getArray(7).isNullAt(1)).isTrue();
            assertThat(row.getString(8)).hasToString("P3D");
            lookUp(database);
        }
    }

    private static void lookUp(TestDatabase database) throws Exception {
        BatchingLookup<KeyValues> function =
                Lookups.open(database.settings(), "t", TWO_COLUMNS, 10);
        assertThat(function.asyncLookup(GenericRowData.of(7L)).get())
                .singleElement()
                .satisfies(row -> assertThat(row.getString(1)).hasToString("v7"));
        assertThat(function.asyncLookup(GenericRowData.of(7000L)).get()).isEmpty();
        function.close();
    }
}
