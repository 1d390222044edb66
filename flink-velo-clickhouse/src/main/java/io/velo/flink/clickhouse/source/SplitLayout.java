// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static io.velo.flink.common.source.StateBytes.readText;
import static io.velo.flink.common.source.StateBytes.writeText;

import io.velo.flink.clickhouse.shard.Shard;
import io.velo.flink.common.source.SplitFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Splits as bytes for checkpoints. Version 3: the fields in their order. Version 2 had no shard,
 * version 1 did not say what was asked for either. Stateless.
 */
final class SplitLayout implements SplitFormat<ClickHouseSplit> {

    private static final int VERSION = 3;

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public void write(ClickHouseSplit split, DataOutputView out) throws IOException {
        writeText(split.id(), out);
        writeText(split.base().select(), out);
        writeTexts(split.base().conditions(), out);
        writeText(split.base().groupBy(), out);
        out.writeInt(split.keys().size());
        for (ResumeKey key : split.keys()) {
            writeText(key.column(), out);
            writeText(key.hex(), out);
            writeText(key.literalStart(), out);
            writeText(key.literalEnd(), out);
        }
        out.writeLong(split.limit());
        writeText(split.asked(), out);
        out.writeLong(split.emitted());
        out.writeBoolean(split.point().isPresent());
        if (split.point().isPresent()) {
            writePoint(split.point().get(), out);
        }
        out.writeBoolean(split.shard().isPresent());
        if (split.shard().isPresent()) {
            writeTexts(split.shard().get().hosts(), out);
            writeText(split.shard().get().database(), out);
        }
    }

    private static void writeTexts(List<String> texts, DataOutputView out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeText(text, out);
        }
    }

    private static void writePoint(ResumePoint point, DataOutputView out) throws IOException {
        writeTexts(point.key(), out);
        out.writeInt(point.seen().size());
        for (UUID fingerprint : point.seen()) {
            out.writeLong(fingerprint.getMostSignificantBits());
            out.writeLong(fingerprint.getLeastSignificantBits());
        }
    }

    @Override
    public ClickHouseSplit read(int version, DataInputView in) throws IOException {
        String id = readText(in);
        String select = readText(in);
        List<String> conditions = readTexts(in);
        SplitQuery base = new SplitQuery(select, conditions, readText(in));
        List<ResumeKey> keys = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            keys.add(new ResumeKey(readText(in), readText(in), readText(in), readText(in)));
        }
        long limit = in.readLong();
        String asked = version == 1 ? "" : readText(in);
        long emitted = in.readLong();
        Optional<ResumePoint> point =
                in.readBoolean() ? Optional.of(readPoint(in)) : Optional.empty();
        Optional<Shard> shard =
                version >= 3 && in.readBoolean()
                        ? Optional.of(new Shard(readTexts(in), readText(in)))
                        : Optional.empty();
        return new ClickHouseSplit(id, base, keys, limit, asked, emitted, point, shard);
    }

    private static List<String> readTexts(DataInputView in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(readText(in));
        }
        return texts;
    }

    private static ResumePoint readPoint(DataInputView in) throws IOException {
        List<String> key = readTexts(in);
        List<UUID> seen = new ArrayList<>();
        int rows = in.readInt();
        for (int i = 0; i < rows; i++) {
            seen.add(new UUID(in.readLong(), in.readLong()));
        }
        return new ResumePoint(key, seen);
    }
}
