// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The refusal of a format whose values would change on their way. */
public final class FormatRefusal {

    private FormatRefusal() {}

    /**
     * Checks that the server takes what the format needs from this user.
     *
     * @param wanted the settings of the statement
     * @param accepted names of those that the server takes
     * @param place the redacted URI
     * @throws VeloException {@code VELO-CAP-002} if it does not
     */
    public static void check(
            WireFormat format, Map<String, String> wanted, Set<String> accepted, String place) {
        String refused = WireFormat.refused(wanted, accepted);
        if (!refused.isEmpty()) {
            throw of(format, refused, place);
        }
    }

    /**
     * Checks that the server reads times before 1970 as they were meant: some releases before 25.10
     * <a href="https://github.com/ClickHouse/ClickHouse/issues/85364">subtract the fraction</a>.
     *
     * @param meta the table that is to be written in the format of the transport's target
     * @throws VeloException {@code VELO-CAP-002} if it does not
     * @throws IOException if the server does not answer
     */
    public static void checkTimes(HttpTransport transport, TableMeta meta) throws IOException {
        WireFormat format = transport.target().format();
        boolean text = format == WireFormat.JSON || format == WireFormat.TSV;
        if (!text || meta.columns().stream().noneMatch(FormatRefusal::hasFractions)) {
            return;
        }
        String sql =
                "SELECT parseDateTime64BestEffort('1969-01-01T00:00:00.468Z', 3, 'UTC') ="
                        + " toDateTime64('1969-01-01 00:00:00.468', 3, 'UTC') FORMAT TabSeparated";
        if (!transport.rows(sql).get(0).get(0).equals("1")) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "This server reads fractions of seconds before 1970 wrongly from text,"
                                    + " and "
                                    + meta.title()
                                    + " has a DateTime64 column.")
                    .at(transport.target().place())
                    .remedy("Use format=native or rowbinary, or update the server to 25.10.")
                    .toException();
        }
    }

    private static boolean hasFractions(ColumnMeta column) {
        return column.type().text().contains("DateTime64");
    }

    /** The exception for a setting that the format needs and that this user may not change. */
    private static VeloException of(WireFormat format, String setting, String place) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "format="
                                + format.name().toLowerCase(Locale.ROOT)
                                + " needs the server setting '"
                                + setting
                                + "', which this user may not change.")
                .at(place)
                .remedy("Use format=native, or let the user change settings.")
                .toException();
    }
}
