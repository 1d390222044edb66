// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.cycle;

import io.velo.flink.testkit.contract.Planning;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.runtime.connector.source.LookupRuntimeProviderContext;
import org.apache.flink.util.InstantiationUtil;

/**
 * Opens a table's lookup by its first column, looks one key up, asks for another and closes while
 * the answer may be under way. Not thread-safe.
 */
public final class LookupCycle implements OpenClose {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final AsyncLookupFunction function;
    private final RowData key;

    private LookupCycle(AsyncLookupFunction function, RowData key) {
        this.function = function;
        this.key = key;
    }

    /**
     * The cycle of a table.
     *
     * @param key a row of the first column, such that the table has a row of that key
     */
    public static LookupCycle of(Planning table, RowData key) {
        AsyncLookupFunctionProvider provider =
                (AsyncLookupFunctionProvider)
                        ((LookupTableSource) table.source())
                                .getLookupRuntimeProvider(
                                        new LookupRuntimeProviderContext(new int[][] {{0}}, false));
        return new LookupCycle(provider.createAsyncLookupFunction(), key);
    }

    @Override
    public void run() throws Exception {
        AsyncLookupFunction own = InstantiationUtil.clone(function);
        own.open(new FunctionContext(null));
        try {
            Collection<RowData> rows =
                    own.asyncLookup(key).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (rows.isEmpty()) {
                throw new AssertionError("The key was not found.");
            }
            own.asyncLookup(key);
        } finally {
            own.close();
        }
    }
}
