// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.ByteArrayInputStream;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.TSerializer;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/** Parquet's metadata as bytes, in Thrift's compact protocol. Stateless. */
final class ParquetMetadata {

    private static final int MOST_NESTED = 64;

    private ParquetMetadata() {}

    /** The bytes of a footer or of a page's header. */
    static byte[] bytes(TBase<?, ?> metadata) {
        try {
            return new TSerializer(new TCompactProtocol.Factory()).serialize(metadata);
        } catch (TException unset) {
            throw new IllegalStateException(unset);
        }
    }

    /**
     * Reads metadata that starts there and returns where it ends. No length in it is believed that
     * goes beyond the bytes.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-006} if it is malformed
     */
    static int read(TBase<?, ?> metadata, byte[] bytes, int from) {
        try {
            int length = bytes.length - from;
            ByteArrayInputStream input = new ByteArrayInputStream(bytes, from, length);
            TConfiguration limits = new TConfiguration(length, length, MOST_NESTED);
            metadata.read(
                    new TCompactProtocol(new TIOStreamTransport(limits, input), length, length));
            return bytes.length - input.available();
        } catch (TTransportException cutOff) {
            throw WireInput.broken("ends in the middle of Parquet's metadata");
        } catch (TException | RuntimeException malformed) {
            throw WireInput.broken("has metadata of Parquet that cannot be read");
        }
    }
}
