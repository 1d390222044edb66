// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.secret.Secret;
import org.apache.flink.table.catalog.ResolvedSchema;

/**
 * Finds tables that an option of a table names by their URI, such as {@code dlq.uri}. The front
 * desk gives one with every {@link TableRequest}. For planning only.
 */
@FunctionalInterface
public interface OtherTables {

    /** Finds nothing: for requests that no front desk made. */
    OtherTables NONE =
            (option, uri, schema) -> {
                throw Problem.of(
                                ErrorCode.OPTION_CONFLICT,
                                "Option '" + option + "' cannot be used here.")
                        .remedy("Use the table through the connector 'velo'.")
                        .toException();
            };

    /**
     * Another table and its scheme.
     *
     * @param scheme the scheme of the URI
     * @param request a request to write to the table
     */
    record Found(Scheme scheme, TableRequest request) {}

    /**
     * The table of a URI, to be written to.
     *
     * @param option the option that holds the URI, for messages
     * @param uri the URI, perhaps with a login
     * @param schema the columns that will be written
     * @throws io.velo.flink.common.error.VeloException if there is no such scheme or an option in
     *     the URI is wrong
     */
    Found toWrite(String option, Secret uri, ResolvedSchema schema);
}
