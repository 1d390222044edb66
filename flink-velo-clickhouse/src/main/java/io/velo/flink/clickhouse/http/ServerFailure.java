// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.common.retry.FailureClass;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An error that the server itself reported, with ClickHouse's code. Immutable. */
public final class ServerFailure extends IOException {

    /** Wrong user or password. */
    public static final int AUTHENTICATION_FAILED = 516;

    /** No privilege. */
    public static final int ACCESS_DENIED = 497;

    /** The table does not exist. */
    public static final int UNKNOWN_TABLE = 60;

    /** The database does not exist. */
    public static final int UNKNOWN_DATABASE = 81;

    /** The server has no memory for the statement. */
    public static final int MEMORY_LIMIT = 241;

    /** Inserts come faster than merges, or a block has rows of too many partitions. */
    public static final int TOO_MANY_PARTS = 252;

    /** What stands in the message of 395 if a statement reached another server than its own. */
    public static final String WRONG_SERVER = "This server is none of those that have the rows";

    private static final long serialVersionUID = 1L;
    private static final Pattern CODE =
            Pattern.compile("Code:\\s*(\\d{1,5})\\.\\s*(?:DB::[A-Za-z]*Exception:\\s*)?");
    private static final Pattern VERSION = Pattern.compile("\\s*\\(version [^)]*\\)\\s*$");
    private static final int MAX_MESSAGE = 400;

    /** Pass by themselves: the same bytes may go through later. */
    private static final Set<Integer> TRANSIENT =
            Set.of(
                    3, 159, 202, 203, 209, 210, 216, 225, 236, 241, 242, 243, 244, 252, 254, 279,
                    285, 286, 319, 394, 425, 439, 473, 517, 733, 749, 762, 999);

    /** In the official lists of codes to retry, but usually permanent. */
    private static final Set<Integer> DOUBTFUL = Set.of(107, 164);

    /** Lie in a row. */
    private static final Set<Integer> DATA =
            Set.of(
                    6, 25, 26, 27, 38, 41, 53, 69, 70, 72, 117, 128, 190, 321, 349, 376, 395, 407,
                    441, 467, 469, 675, 676, 691);

    /** What stands in the message if a view of the table refused what the table took. */
    private static final String BY_VIEW = "while pushing to view";

    /** What stands in the message of 252 if one block touches too many partitions. */
    private static final String TOO_MANY_PARTITIONS = "Too many partitions";

    /** FUNCTION_THROW_IF_VALUE_IS_NON_ZERO. */
    private static final int THROWN = 395;

    private static final Set<Integer> TRANSIENT_STATUS = Set.of(429, 502, 503, 504);

    private final int code;
    private final int status;

    ServerFailure(int code, int status, String message) {
        super(message);
        this.code = code;
        this.status = status;
    }

    /** The failure that the text of a server's answer describes. */
    static ServerFailure parse(String text, int headerCode, int status) {
        Matcher matcher = CODE.matcher(text);
        int code = headerCode;
        String words = text;
        if (matcher.find()) {
            code = code != 0 ? code : Integer.parseInt(matcher.group(1));
            words = text.substring(matcher.end());
        }
        String trimmed = VERSION.matcher(words.trim()).replaceFirst("");
        String cut = trimmed.substring(0, Math.min(trimmed.length(), MAX_MESSAGE));
        boolean view = trimmed.contains(BY_VIEW) && !cut.contains(BY_VIEW);
        return new ServerFailure(code, status, view ? cut + "... " + BY_VIEW : cut);
    }

    /** ClickHouse's code, or 0 if the answer has none: a proxy's, for example. */
    public int code() {
        return code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /**
     * What the failure means. Codes that tell of columns that are gone or have another type (10,
     * 16, 33, 47, 131) are permanent: the job that starts again reads the table's columns anew.
     */
    public FailureClass failureClass() {
        if (tooManyPartitions() || wrongServer()) {
            return FailureClass.PERMANENT;
        }
        if (TRANSIENT.contains(code) || code == 0 && TRANSIENT_STATUS.contains(status)) {
            return FailureClass.TRANSIENT;
        }
        if (DOUBTFUL.contains(code)) {
            return FailureClass.DOUBTFUL;
        }
        return DATA.contains(code) ? FailureClass.DATA : FailureClass.PERMANENT;
    }

    /** Whether one block has rows of more partitions than the server takes at once. */
    public boolean tooManyPartitions() {
        return code == TOO_MANY_PARTS && getMessage().contains(TOO_MANY_PARTITIONS);
    }

    /** Whether a materialized view refused rows that the table itself has taken. */
    public boolean byView() {
        return getMessage().contains(BY_VIEW);
    }

    /** Whether a statement that is held to the tables of a shard reached another one. */
    public boolean wrongServer() {
        return code == THROWN && getMessage().contains(WRONG_SERVER);
    }
}
