// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.shard.OnCluster;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.flink.table.catalog.TableChange;
import org.junit.jupiter.api.Test;

/** The statement of ALTER TABLE where Flink is older. */
class AlterTableTest {

    private static final String ABSENT = TableChange.class.getName() + "$ModifyTableComment";

    /** Loads Velo's classes anew and does not find what Flink 2.2 does not have. */
    private static final class OlderFlink extends ClassLoader {

        OlderFlink() {
            super(AlterTableTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(ABSENT)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.velo.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : defined(name);
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = getParent().getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void optionsAreSetWhereFlinkHasNoChangeOfATablesComment() throws Exception {
        ClassLoader older = new OlderFlink();
        Class<?> servers = older.loadClass(OnCluster.class.getName());
        Method statement =
                older.loadClass(AlterTable.class.getName())
                        .getDeclaredMethod(
                                "statement", String.class, servers, String.class, List.class);
        statement.setAccessible(true);
        List<TableChange> changes = List.of(TableChange.set("ttl", "toDate(at)"));
        assertThat(statement.invoke(null, "`t`", servers.getField("NONE").get(null), "", changes))
                .isEqualTo("ALTER TABLE `t` MODIFY TTL toDate(at)");
    }

    @Test
    void aCommentIsThatOfTheTableAfterTheChanges() {
        List<TableChange> changes = List.of(new TableChange.ModifyTableComment("new"));
        assertThat(AlterTable.statement("`t`", new OnCluster("c"), "it's new", changes))
                .isEqualTo("ALTER TABLE `t` ON CLUSTER `c` MODIFY COMMENT 'it\\'s new'");
    }
}
