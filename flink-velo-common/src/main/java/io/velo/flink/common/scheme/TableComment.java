// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import org.apache.flink.table.catalog.TableChange;

/**
 * The change of a table's comment, which Flink 2.2 does not know: a scheme that named its class
 * could alter nothing there. Stateless, therefore thread-safe.
 */
public final class TableComment {

    private static final String CHANGE = "ModifyTableComment";

    private TableComment() {}

    /**
     * Whether the change gives the table another comment. It is the one of the table as it is after
     * all changes, which {@link DdlScheme#alterTable} is given.
     */
    public static boolean isChangedBy(TableChange change) {
        return change.getClass().getSimpleName().equals(CHANGE);
    }
}
