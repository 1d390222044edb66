// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.uri.VeloUri;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.ObjectPath;

/**
 * Keeps declared tables in a folder: a sub-folder for each database, a YAML file for each table,
 * names percent-encoded. A file is written beside its place and moved there, so that a reader never
 * sees half of it. Not meant for several sessions that write the same table at once: the last one
 * wins.
 */
final class FileTableStore {

    private static final String SUFFIX = ".yaml";

    private final Path folder;

    private FileTableStore(Path folder) {
        this.folder = folder;
    }

    /**
     * The store in a folder, which is made if it is missing.
     *
     * @param uri such as {@code file:///var/velo/catalog}
     * @throws io.velo.flink.common.error.VeloException if it is not a usable local folder
     */
    static FileTableStore at(String uri) {
        if (!uri.startsWith("file:///")) {
            throw Problem.of(
                            ErrorCode.OPTION_VALUE,
                            "Option 'store' must be a local folder such as"
                                    + " file:///var/velo/catalog.")
                    .toException();
        }
        Path folder = Path.of("/" + String.join("/", VeloUri.parse(uri).pathSegments()));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw broken("be made", folder, e);
        }
        return new FileTableStore(folder);
    }

    /** Hands out everything that is kept, each database before its tables. */
    void forEach(Consumer<String> database, BiConsumer<ObjectPath, CatalogBaseTable> table) {
        for (Path databaseFolder : children(folder)) {
            if (!Files.isDirectory(databaseFolder)) {
                continue;
            }
            String databaseName = decode(databaseFolder.getFileName().toString());
            database.accept(databaseName);
            for (Path file : children(databaseFolder)) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    String tableName = decode(name.substring(0, name.length() - SUFFIX.length()));
                    table.accept(new ObjectPath(databaseName, tableName), read(file));
                }
            }
        }
    }

    void putDatabase(String database) {
        try {
            Files.createDirectories(databaseFolder(database));
        } catch (IOException e) {
            throw broken("be made", databaseFolder(database), e);
        }
    }

    void removeDatabase(String database) {
        Path databaseFolder = databaseFolder(database);
        if (Files.isDirectory(databaseFolder)) {
            children(databaseFolder).forEach(FileTableStore::delete);
            delete(databaseFolder);
        }
    }

    void put(ObjectPath path, CatalogBaseTable table) {
        putDatabase(path.getDatabaseName());
        Path file = file(path);
        Path written = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.writeString(written, TableDocument.write(table));
            Files.move(
                    written,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw broken("be written", file, e);
        }
    }

    void remove(ObjectPath path) {
        if (Files.exists(file(path))) {
            delete(file(path));
        }
    }

    void rename(ObjectPath from, ObjectPath to) {
        try {
            Files.move(file(from), file(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw broken("be renamed", file(from), e);
        }
    }

    private static CatalogBaseTable read(Path file) {
        try {
            return TableDocument.read(Files.readString(file));
        } catch (IOException | RuntimeException e) {
            throw broken("be read", file, e);
        }
    }

    private Path databaseFolder(String database) {
        return folder.resolve(encode(database));
    }

    private Path file(ObjectPath path) {
        return databaseFolder(path.getDatabaseName())
                .resolve(encode(path.getObjectName()) + SUFFIX);
    }

    private static List<Path> children(Path parent) {
        try (Stream<Path> paths = Files.list(parent)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw broken("be listed", parent, e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw broken("be deleted", path, e);
        }
    }

    private static String encode(String name) {
        // A leading dot would hide the file, or name the folder above.
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
    }

    private static String decode(String name) {
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }

    private static RuntimeException broken(String verb, Path path, Exception reason) {
        return Problem.of(ErrorCode.SCHEMA_CATALOG, "The catalog's store cannot " + verb + ".")
                .at(path.toString())
                .remedy("Check that the folder exists and that this process may write to it.")
                .toException(reason);
    }
}
