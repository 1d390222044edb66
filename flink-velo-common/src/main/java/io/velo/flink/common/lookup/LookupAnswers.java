// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import java.util.Collection;
import org.apache.flink.table.data.RowData;

/** Takes the answers to the keys of one request. For the thread that asks. */
public interface LookupAnswers {

    /**
     * The rows of a key.
     *
     * @param key its position in the request
     * @param rows perhaps empty; not changed afterwards
     */
    void rows(int key, Collection<RowData> rows);

    /**
     * A key whose value cannot be read, while others can: the lookup fails and is not tried again.
     *
     * @param key its position in the request
     */
    void failed(int key, Throwable reason);
}
