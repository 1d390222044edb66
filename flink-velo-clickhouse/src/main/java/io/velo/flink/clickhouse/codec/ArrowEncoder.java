// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * A block as a stream of Arrow: its schema and one record batch, whose buffers are mostly the
 * columns as they are.
 */
final class ArrowEncoder implements BlockEncoder {

    private static final int CONTINUATION = -1;
    private static final int EXPECTED_METADATA = 1024;

    private final List<Column> columns;

    ArrowEncoder(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    @Override
    public long encode(List<ColumnBytes> block, int rows, Body body) {
        ArrowBuffers buffers = new ArrowBuffers();
        block.forEach(column -> buffers.add(column, rows));
        long total = put(schema(block), body) + put(batch(buffers, rows), body);
        for (ByteBuffer piece : buffers.pieces()) {
            body.append(piece.array(), 0, piece.limit());
        }
        WireBuffer end = new WireBuffer(Long.BYTES);
        end.putInt(CONTINUATION);
        end.putInt(0);
        body.append(end.bytes(), 0, end.length());
        return total + buffers.length() + end.length();
    }

    private byte[] schema(List<ColumnBytes> block) {
        FlatBufferBuilder builder = new FlatBufferBuilder(EXPECTED_METADATA);
        int[] fields = new int[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = ArrowFields.put(builder, columns.get(i).name(), block.get(i));
        }
        int vector = Schema.createFieldsVector(builder, fields);
        int schema = Schema.createSchema(builder, Endianness.Little, vector, 0, 0);
        return message(builder, MessageHeader.Schema, schema, 0);
    }

    private static byte[] batch(ArrowBuffers buffers, int rows) {
        FlatBufferBuilder builder = new FlatBufferBuilder(EXPECTED_METADATA);
        List<ArrowBuffers.Node> nodes = buffers.nodes();
        RecordBatch.startNodesVector(builder, nodes.size());
        for (int i = nodes.size() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(builder, nodes.get(i).length(), nodes.get(i).nulls());
        }
        int nodesVector = builder.endVector();
        List<ArrowBuffers.Place> places = buffers.places();
        RecordBatch.startBuffersVector(builder, places.size());
        for (int i = places.size() - 1; i >= 0; i--) {
            Buffer.createBuffer(builder, places.get(i).offset(), places.get(i).length());
        }
        int buffersVector = builder.endVector();
        int batch = RecordBatch.createRecordBatch(builder, rows, nodesVector, buffersVector, 0, 0);
        return message(builder, MessageHeader.RecordBatch, batch, buffers.length());
    }

    private static byte[] message(FlatBufferBuilder builder, byte kind, int header, long length) {
        Message.finishMessageBuffer(
                builder,
                Message.createMessage(builder, MetadataVersion.V5, kind, header, length, 0));
        return builder.sizedByteArray();
    }

    /** Appends metadata, so that what follows it starts at a multiple of eight bytes. */
    private static int put(byte[] metadata, Body body) {
        int padding = -metadata.length & 7;
        WireBuffer message = new WireBuffer(2 * Integer.BYTES + metadata.length + padding);
        message.putInt(CONTINUATION);
        message.putInt(metadata.length + padding);
        message.putBytes(metadata, 0, metadata.length);
        message.fill(0, padding);
        body.append(message.bytes(), 0, message.length());
        return message.length();
    }
}
