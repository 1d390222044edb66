// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/** An answer as a stream of Arrow: each record batch becomes one block. */
final class ArrowDecoder implements BlockDecoder {

    private static final int CONTINUATION = -1;
    private static final int MAX_METADATA = 1 << 26;
    private static final int MAX_ROWS = 1 << 24;
    private static final int MAX_COLUMNS = 1 << 16;

    private final WireInput in;
    private ArrowColumn[] columns;
    private String[] names;
    private boolean ended;

    ArrowDecoder(InputStream answer) {
        in = new WireInput(answer);
    }

    @Override
    public List<ByteBuffer> next() throws IOException {
        try {
            while (!ended) {
                List<ByteBuffer> block = readMessage();
                if (block != null) {
                    return block;
                }
            }
            return null;
        } catch (IllegalStateException tooLarge) {
            throw WireInput.broken("holds a record batch of more than 2 GiB");
        }
    }

    /** The block in the next message, or null if it has none. */
    private List<ByteBuffer> readMessage() throws IOException {
        if (readInt() != CONTINUATION) {
            throw WireInput.broken("is no stream of Arrow");
        }
        int length = readInt();
        if (length == 0) {
            if (columns == null || !in.atEnd()) {
                throw WireInput.broken("does not end where it says");
            }
            ended = true;
            return null;
        }
        if (length < 0 || length > MAX_METADATA) {
            throw WireInput.broken("holds a message of impossible length " + length);
        }
        byte[] metadata = in.readBytes(length);
        try {
            Message message = Message.getRootAsMessage(ByteBuffer.wrap(metadata));
            return read(message);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | AssertionError malformed) {
            throw WireInput.broken("holds a message that is malformed");
        }
    }

    private int readInt() throws IOException {
        return (int) WireBuffer.INT.get(in.readBytes(Integer.BYTES), 0);
    }

    private List<ByteBuffer> read(Message message) throws IOException {
        byte kind = message.headerType();
        if (kind == MessageHeader.Schema && columns == null && message.bodyLength() == 0) {
            readSchema((Schema) header(message, new Schema()));
            return null;
        }
        if (kind != MessageHeader.RecordBatch || columns == null || message.bodyLength() < 0) {
            throw WireInput.broken("holds a message of Arrow that was not asked for");
        }
        RecordBatch batch = (RecordBatch) header(message, new RecordBatch());
        if (batch.compression() != null) {
            throw WireInput.broken("holds buffers that are compressed, which was not asked for");
        }
        if (batch.length() < 0 || batch.length() > MAX_ROWS) {
            throw WireInput.broken("holds a record batch of impossible length " + batch.length());
        }
        int rows = (int) batch.length();
        ArrowBatch values = new ArrowBatch(batch, in.readBytes(message.bodyLength()));
        ColumnBuffer[] read = new ColumnBuffer[columns.length];
        for (int i = 0; i < read.length; i++) {
            read[i] = columns[i].read(values, rows);
        }
        return rows == 0 ? null : ColumnBuffer.block(names, read, rows);
    }

    private static com.google.flatbuffers.Table header(
            Message message, com.google.flatbuffers.Table kind) {
        com.google.flatbuffers.Table header = message.header(kind);
        if (header == null) {
            throw WireInput.broken("holds a message without a header");
        }
        return header;
    }

    private void readSchema(Schema schema) {
        int count = schema.fieldsLength();
        if (count <= 0 || count > MAX_COLUMNS || schema.endianness() != 0) {
            throw WireInput.broken("has a schema that cannot be read");
        }
        ArrowColumn[] read = new ArrowColumn[count];
        names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = schema.fields(i).name();
            if (names[i] == null) {
                throw WireInput.broken("has a column without a name");
            }
            read[i] = ArrowColumn.of(schema.fields(i));
        }
        columns = read;
    }
}
