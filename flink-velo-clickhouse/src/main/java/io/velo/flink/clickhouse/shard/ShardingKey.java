// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.KeyText;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * The sharding key of a Distributed table, evaluated as the server does: columns of whole numbers,
 * {@code intHash32}, {@code intHash64}, {@code cityHash64}, {@code sipHash64} and {@code xxHash64}
 * of columns, the remainder of each of them, and {@code rand()}. For one thread.
 */
public final class ShardingKey {

    /** What a user may write, for messages. */
    public static final String SUPPORTED =
            "a column of a whole number, intHash32, intHash64, cityHash64, sipHash64 or xxHash64 of"
                    + " columns of whole numbers and String, each with '% number', and rand()";

    private static final Pattern RANDOM = Pattern.compile("rand(32|64)?\\(\\)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern REMAINDER =
            Pattern.compile("(.*\\S) *% *([1-9]\\d{0,4})", Pattern.DOTALL);

    private final RowType row;
    private final TableMeta table;
    private final Set<String> columns = new LinkedHashSet<>();
    private KeyTerm term;
    private long mask;

    private ShardingKey(RowType row, TableMeta table) {
        this.row = row;
        this.table = table;
    }

    /**
     * The key in this text, or nothing if Velo cannot evaluate it.
     *
     * @param result the type that the server says it has
     * @param row the Flink columns
     * @param table the Distributed table
     */
    public static Optional<ShardingKey> of(
            String text, ClickHouseType result, RowType row, TableMeta table) {
        ShardingKey key = new ShardingKey(row, table);
        if (RANDOM.matcher(text.trim()).matches()) {
            return Optional.of(key);
        }
        boolean whole = result.kind() == TypeKind.SIGNED || result.kind() == TypeKind.UNSIGNED;
        if (!whole || result.width() > Long.BYTES || result.nullable()) {
            return Optional.empty();
        }
        key.mask = result.width() == Long.BYTES ? -1 : (1L << (result.width() * 8)) - 1;
        key.term = key.parsed(text.trim()).orElse(null);
        return Optional.of(key).filter(found -> found.term != null);
    }

    /** Whether each row may go to any shard. */
    public boolean random() {
        return term == null;
    }

    /** The columns that it is made of. */
    public Set<String> columns() {
        return columns;
    }

    /** The value for a row, as an unsigned number; the shard is its remainder. */
    public long of(RowData rowData) {
        return term.of(rowData) & mask;
    }

    private Optional<KeyTerm> parsed(String text) {
        Optional<KeyColumn> column = column(text);
        if (column.isPresent()) {
            return column.filter(KeyColumn::isNumber).map(number -> number);
        }
        Matcher remainder = REMAINDER.matcher(text);
        if (remainder.matches() && closes(remainder.group(1))) {
            return remainder(remainder.group(1), remainder.group(2));
        }
        Matcher call = CALL.matcher(text);
        if (!call.matches() || !closes(call.group(2))) {
            return text.startsWith("(") && text.endsWith(")") && closes(inner(text))
                    ? parsed(inner(text).trim())
                    : Optional.empty();
        }
        List<String> arguments = KeyText.parts(call.group(2));
        if (call.group(1).equals("modulo") && arguments.size() == 2) {
            return arguments.get(1).matches("[1-9]\\d{0,4}")
                    ? remainder(arguments.get(0), arguments.get(1))
                    : Optional.empty();
        }
        return hash(call.group(1), arguments);
    }

    private Optional<KeyTerm> remainder(String of, String by) {
        int number = Integer.parseInt(by);
        return number > KeyRemainder.LARGEST
                ? Optional.empty()
                : parsed(of.trim()).map(inner -> new KeyRemainder(inner, number));
    }

    private Optional<KeyTerm> hash(String function, List<String> arguments) {
        List<KeyColumn> hashed = new ArrayList<>();
        for (String argument : arguments) {
            Optional<KeyColumn> column = column(argument);
            if (column.isEmpty()) {
                return Optional.empty();
            }
            hashed.add(column.get());
        }
        return KeyHash.of(function, hashed).map(hash -> hash);
    }

    private Optional<KeyColumn> column(String text) {
        boolean quoted = text.length() > 2 && text.startsWith("`") && text.endsWith("`");
        String name = quoted ? inner(text) : text;
        ColumnMeta column = table.column(name).orElse(null);
        int index = row.getFieldIndex(name);
        if (column == null || index < 0 || !column.ordinary()) {
            return Optional.empty();
        }
        Optional<KeyColumn> found = KeyColumn.of(index, row.getTypeAt(index), column);
        found.ifPresent(one -> columns.add(name));
        return found;
    }

    private static String inner(String text) {
        return text.substring(1, text.length() - 1);
    }

    /** Whether each parenthesis of the text has its other one within it. */
    private static boolean closes(String text) {
        int depth = 0;
        for (int i = 0; i < text.length() && depth >= 0; i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
        }
        return depth == 0;
    }
}
