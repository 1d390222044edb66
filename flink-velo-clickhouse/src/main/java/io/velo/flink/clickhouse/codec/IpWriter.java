// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.TypeKind;
import org.apache.flink.table.data.RowData;

/** The text of an IP address into IPv4 or IPv6; an IPv4 text in an IPv6 column is mapped. */
final class IpWriter extends ColumnWriter {

    private final boolean four;
    private final byte[] address = new byte[16];

    IpWriter(ColumnTarget target) {
        super(target);
        four = target.type().kind() == TypeKind.IPV4;
    }

    @Override
    void appendValue(RowData row, int index) {
        String text = row.getString(index).toString();
        if (four) {
            long value = IpAddresses.parseV4(text, 0);
            if (value < 0) {
                throw refuse("IPv4 addresses such as 192.0.2.1");
            }
            data.putInt((int) value);
        } else {
            if (!IpAddresses.parseV6(text, address)) {
                throw refuse("IPv6 addresses such as 2001:db8::1");
            }
            data.putBytes(address, 0, address.length);
        }
    }
}
