// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Decoders of network and hardware addresses as PostgreSQL's text. */
final class NetworkDecoders {

    private static final int FAMILY_IPV4 = 2;
    private static final int FAMILY_IPV6 = 3;

    private NetworkDecoders() {}

    /** The decoder, or null if this family has none for the pair. */
    static ColumnDecoder find(PostgresType type, LogicalType target, DecodedColumn column) {
        boolean toText =
                target.getTypeRoot() == LogicalTypeRoot.VARCHAR
                        || target.getTypeRoot() == LogicalTypeRoot.CHAR;
        if (!toText || type.category() != PostgresType.Category.BASE) {
            return null;
        }
        return switch (type.oid()) {
            case Oids.INET, Oids.CIDR -> address(column);
            case Oids.MACADDR -> hardware(6, column);
            case Oids.MACADDR8 -> hardware(8, column);
            default -> null;
        };
    }

    /** Family, bits of the network, whether it is a {@code cidr}, number of bytes, the bytes. */
    private static ColumnDecoder address(DecodedColumn column) {
        return (bytes, offset, length) -> {
            column.require(length >= 4, length);
            int family = bytes[offset];
            int size = family == FAMILY_IPV4 ? 4 : 16;
            int bits = bytes[offset + 1] & 0xFF;
            column.require(
                    (family == FAMILY_IPV4 || family == FAMILY_IPV6)
                            && bytes[offset + 3] == size
                            && length == 4 + size
                            && bits <= size * 8,
                    length);
            StringBuilder text = new StringBuilder(24);
            if (size == 4) {
                AddressText.appendIpv4(text, bytes, offset + 4);
            } else {
                AddressText.appendIpv6(text, bytes, offset + 4);
            }
            if (bytes[offset + 2] != 0 || bits != size * 8) {
                text.append('/').append(bits);
            }
            return StringData.fromString(text.toString());
        };
    }

    private static ColumnDecoder hardware(int size, DecodedColumn column) {
        return (bytes, offset, length) -> {
            column.require(length == size, length);
            StringBuilder text = new StringBuilder(size * 3);
            for (int i = 0; i < size; i++) {
                if (i > 0) {
                    text.append(':');
                }
                text.append(Character.forDigit(bytes[offset + i] >> 4 & 15, 16));
                text.append(Character.forDigit(bytes[offset + i] & 15, 16));
            }
            return StringData.fromString(text.toString());
        };
    }
}
