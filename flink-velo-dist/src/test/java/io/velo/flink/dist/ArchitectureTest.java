// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.velo.flink.common.scheme.Scheme;

/** The arrows between modules, as docs/architecture.md draws them. No violation is frozen. */
@AnalyzeClasses(packages = "io.velo.flink", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] ROOMS = {
        "io.velo.flink.kafka..",
        "io.velo.flink.clickhouse..",
        "io.velo.flink.postgres..",
        "io.velo.flink.redis.."
    };

    @ArchTest
    static final ArchRule commonKnowsNobody =
            noClasses()
                    .that()
                    .resideInAPackage("io.velo.flink.common..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.velo.flink.uri..",
                            "io.velo.flink.testkit..",
                            "io.velo.flink.dist..",
                            ROOMS[0],
                            ROOMS[1],
                            ROOMS[2],
                            ROOMS[3]);

    @ArchTest
    static final ArchRule theFrontDeskKnowsNoRoom =
            noClasses()
                    .that()
                    .resideInAPackage("io.velo.flink.uri..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ROOMS);

    @ArchTest
    static final ArchRule theTestkitKnowsNoRoom =
            noClasses()
                    .that()
                    .resideInAPackage("io.velo.flink.testkit..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(ROOMS);

    @ArchTest
    static final ArchRule noRoomKnowsAnother =
            slices().matching("io.velo.flink.(kafka|clickhouse|postgres|redis)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule roomsKnowOnlyCommon =
            noClasses()
                    .that()
                    .resideInAnyPackage(ROOMS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.velo.flink.uri..",
                            "io.velo.flink.testkit..",
                            "io.velo.flink.dist..");

    @ArchTest
    static final ArchRule schemesAreFinalAndNamedSo =
            classes()
                    .that()
                    .areAssignableTo(Scheme.class)
                    .and()
                    .areNotInterfaces()
                    .should()
                    .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                    .andShould()
                    .haveSimpleNameEndingWith("Scheme");

    @ArchTest
    static final ArchRule nothingReadsJavaSerialization =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.io.ObjectInputStream");

    @ArchTest
    static final ArchRule nobodyIsCalledUtilHelperOrManager =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager)$");

    @ArchTest
    static final ArchRule packagesOfCommonHaveNoCycles =
            slices().matching("io.velo.flink.common.(*)..").should().beFreeOfCycles();
}
