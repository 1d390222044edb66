// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.DdlScheme;
import io.velo.flink.common.text.NearestMatch;
import io.velo.flink.common.uri.ParameterName;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.TableChange;

/**
 * Refuses what no server keeps of a table's definition, so that no part of a statement is lost in
 * silence. Reports all problems at once. Not thread-safe.
 */
final class DefinitionCheck {

    private static final String ELSEWHERE =
            "Declare a table of Flink's beside it: CREATE TABLE t (…) WITH ('uri'='…') in the"
                    + " catalog's default database.";

    private final String scheme;
    private final List<String> definitionOptions;
    private final Problems problems = new Problems();

    private DefinitionCheck(DdlScheme scheme) {
        this.scheme = scheme.spec().name();
        this.definitionOptions =
                scheme.definitionOptions().stream().map(SchemeOption::key).toList();
    }

    static DefinitionCheck of(DdlScheme scheme) {
        return new DefinitionCheck(scheme);
    }

    /**
     * The definition of a new table.
     *
     * @throws io.velo.flink.common.error.VeloException with everything that the server cannot keep
     */
    ResolvedCatalogTable table(CatalogBaseTable table) {
        ResolvedCatalogTable definition = resolved(table);
        List<Column> columns = definition.getResolvedSchema().getColumns();
        if (columns.isEmpty()) {
            add(
                    "A table that is created on the server needs columns.",
                    "Write CREATE TABLE t (id BIGINT, …), or AS SELECT ….");
        }
        columns.forEach(this::column);
        if (!definition.getResolvedSchema().getWatermarkSpecs().isEmpty()) {
            lost("A watermark");
        }
        if (definition.getDistribution().isPresent()) {
            lost("A distribution");
        }
        definition.getOptions().keySet().forEach(this::option);
        problems.throwIfAny();
        return definition;
    }

    /**
     * Checks the changes of a table.
     *
     * @throws io.velo.flink.common.error.VeloException with everything that the server cannot keep
     */
    void changes(List<TableChange> changes) {
        changes.forEach(this::change);
        problems.throwIfAny();
    }

    /** The table as Flink hands it to every catalog. */
    ResolvedCatalogTable resolved(CatalogBaseTable table) {
        if (table instanceof ResolvedCatalogTable resolved) {
            return resolved;
        }
        throw new IllegalArgumentException("The table is not resolved: " + table.getTableKind());
    }

    private void change(TableChange change) {
        if (change instanceof TableChange.AddColumn add) {
            column(add.getColumn());
        } else if (change instanceof TableChange.ModifyColumn modify) {
            column(modify.getNewColumn());
        } else if (change instanceof TableChange.SetOption set) {
            option(set.getKey());
        } else if (change instanceof TableChange.ResetOption reset) {
            option(reset.getKey());
        } else if (change instanceof TableChange.AddWatermark
                || change instanceof TableChange.ModifyWatermark
                || change instanceof TableChange.DropWatermark) {
            lost("A watermark");
        } else if (change instanceof TableChange.AddDistribution
                || change instanceof TableChange.ModifyDistribution
                || change instanceof TableChange.DropDistribution) {
            lost("A distribution");
        }
    }

    private void column(Column column) {
        if (!column.isPhysical()) {
            lost("Column '" + column.getName() + "', which is computed or metadata,");
        }
    }

    private void lost(String part) {
        add(part + " is Flink's own: a table of the server cannot keep it.", ELSEWHERE);
    }

    private void option(String key) {
        String folded = ParameterName.fold(key);
        if (definitionOptions.stream().noneMatch(o -> ParameterName.fold(o).equals(folded))) {
            List<String> allowed = new ArrayList<>(definitionOptions);
            add(
                    "Option '"
                            + key
                            + "' is no property of a table that a "
                            + scheme
                            + " server keeps."
                            + NearestMatch.question(key, allowed),
                    (allowed.isEmpty() ? "" : "It keeps: " + String.join(", ", allowed) + ". ")
                            + "Give others as a hint, /*+ OPTIONS(…) */, or in the catalog's URI;"
                            + " after LIKE, write (EXCLUDING OPTIONS).");
        }
    }

    private void add(String sentence, String remedy) {
        problems.add(Problem.of(ErrorCode.SCHEMA_CATALOG, sentence).remedy(remedy));
    }
}
