// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.memory;

import io.velo.flink.common.scheme.LookupRefused;
import io.velo.flink.common.scheme.ScanScheme;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.scheme.TableRequest;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.types.DataType;

/** A scheme with a login, for tests about credentials: it reads the memory table "login". */
public final class LoginScheme implements ScanScheme {

    @Override
    public SchemeSpec spec() {
        return SchemeSpec.of("login")
                .summary("Asks for a login, for tests.")
                .login()
                .options(
                        io.velo.flink.common.option.SchemeOption.of(
                                "x", io.velo.flink.common.option.ValueKind.TEXT, "Anything."))
                .example("login://user@host/1", "Reads.")
                .build();
    }

    @Override
    public DynamicTableSource source(TableRequest request) {
        return new Source(request.physicalType());
    }

    private record Source(DataType type) implements ScanTableSource, LookupRefused {
        @Override
        public String schemeName() {
            return "login";
        }

        @Override
        public ChangelogMode getChangelogMode() {
            return ChangelogMode.insertOnly();
        }

        @Override
        public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
            return InputFormatProvider.of(
                    new MemoryInputFormat("login", context.createDataStructureConverter(type)));
        }

        @Override
        public DynamicTableSource copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return "login";
        }
    }
}
