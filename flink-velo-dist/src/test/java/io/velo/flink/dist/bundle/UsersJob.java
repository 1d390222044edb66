// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.bundle;

import java.util.concurrent.ExecutionException;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** A user's program: writes the users 1 to 100 to the URI that is its argument. */
public final class UsersJob {

    private UsersJob() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        flink.executeSql(
                "CREATE TABLE numbers (id BIGINT) WITH ('connector' = 'datagen',"
                        + " 'fields.id.kind' = 'sequence', 'fields.id.start' = '1',"
                        + " 'fields.id.end' = '100')");
        flink.executeSql(
                "CREATE TABLE users (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED)"
                        + " WITH ('connector' = 'velo', 'uri' = '"
                        + arguments[0]
                        + "')");
        flink.executeSql(
                        "INSERT INTO users SELECT id, MAX('user ' || CAST(id AS STRING))"
                                + " FROM numbers GROUP BY id")
                .await();
    }
}
