// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.testkit.contract.Planning;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;

/** Tables that the tests plan. */
final class Tables {

    static final List<Column> USERS =
            List.of(
                    Column.physical("id", DataTypes.BIGINT().notNull()),
                    Column.physical("region", DataTypes.STRING().notNull()),
                    Column.physical("name", DataTypes.STRING()));

    private Tables() {}

    /** A table of users; without names of key columns it has no primary key. */
    static Planning users(String uri, String... primaryKey) {
        UniqueConstraint key =
                primaryKey.length == 0
                        ? null
                        : UniqueConstraint.primaryKey("pk", List.of(primaryKey));
        return Planning.of(new ResolvedSchema(USERS, List.of(), key), uri);
    }
}
