// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.CopiedTable;
import io.velo.flink.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Velo prints from the binary form is, byte for byte, what PostgreSQL prints itself. */
class TextFormsITCase {

    private static final LogicalType STRING = DataTypes.STRING().getLogicalType();

    private static TestDatabase database;

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create();
        database.execute("CREATE EXTENSION citext");
        database.execute("CREATE TYPE mood AS ENUM ('sad', 'ok', 'très ‘happy’')");
        database.execute("CREATE DOMAIN positive AS numeric(10,3) CHECK (value > 0)");
        database.execute("CREATE DOMAIN more AS positive");
        database.execute("CREATE TYPE pair AS (a int, b text)");
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bool|'t','f'",
                "int2|'0','-32768','32767'",
                "int4|'0','-2147483648','2147483647'",
                "int8|'0','-9223372036854775808','9223372036854775807'",
                "oid|'0','4294967295'",
                "xid|'3','4294967295'",
                "float4|'0','-0','1.1','1e20','1e-30','NaN','Infinity','-Infinity'",
                "float8|'0','-0','1.1','1e200','4.9e-324','NaN','Infinity','-Infinity'",
                "numeric|'0','0.000','-1','1e-130','1e130','12345678901234567890.123456789','NaN',"
                        + "'Infinity','-Infinity','10000','9999.9999','0.0001','0.00001','-0.5',"
                        + "'100000000','1e-16383'",
                "numeric(12,2)|'0','-0.01','9999999999.99','0.5','1234.5'",
                "numeric(5,-2)|'0','12345','-99900'",
                "numeric(2,5)|'0','0.00012'",
                "money|'0','-1.23','92233720368547758.07'",
                "text|'','a','äöü €','😀','with \"quotes\" and \\ back','tab\there'",
                "varchar(5)|'','abcde'",
                "char(5)|'','ab','äöü'",
                "\"char\"|'','a'",
                "name|'','a b'",
                "citext|'AbC'",
                "bytea|'','\\x00ff10','\\x5c27'",
                "uuid|'00000000-0000-0000-0000-000000000000',"
                        + "'ffffffff-ffff-ffff-ffff-fffffffffffe',"
                        + "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
                "json|'{ \"a\" : 1 }','null','[]','\"ä\"'",
                "jsonb|'{ \"b\" : 1, \"a\": [1.50, null] }','null','[]'",
                "xml|'<a>ä</a>'",
                "mood|'sad','ok','très ‘happy’'",
                "positive|'1.5','9999999.999'",
                "more|'0.001'",
                "date|'2000-01-01','1999-12-31','0001-01-01','4713-01-01 BC','5874897-12-31',"
                        + "'infinity','-infinity'",
                "time|'00:00','23:59:59.999999','24:00:00','12:00:00.5','01:02:03.000001'",
                "time(2)|'12:00:00.56'",
                "timetz|'00:00+00','23:59:59.999999-12:30','24:00:00+15:59:59','12:00-03:00:07',"
                        + "'12:00:01.5+05:45'",
                "timestamp|'2000-01-01','1969-12-31 23:59:59.999999','0044-03-15 12:00 BC',"
                        + "'294276-12-31 23:59:59.999999','infinity','-infinity'",
                "timestamptz|'2000-01-01 00:00+00','2021-03-28 02:30+05:30','infinity'",
                "interval|'0','1 year 2 mons 3 days 4 hours 5 mins 6.789 secs','-1 mon',"
                        + "'-1 day +01:00','1 mon -1 day','-00:00:00.5','25 hours','-13 mons',"
                        + "'0.000001 s','178000000 years'",
                "bit(1)|'0','1'",
                "bit(9)|'000000001','111111111'",
                "varbit|'','1','0101','1111000011110000'",
                "inet|'192.168.0.1','10.0.0.0/8','::1','::','fe80::1/64','2001:db8::ff00:42:8329',"
                        + "'::ffff:1.2.3.4','::1.2.3.4','1::','1:0:0:2:0:0:0:3','::2','0:0:1::',"
                        + "'1:2:3:4:5:6:7:8','::ffff:0:0','0:0:0:0:0:1:0:0','1:0:2:0:3:0:4:0'",
                "cidr|'10.0.0.0/8','192.168.0.1/32','::1/128','fe80::/10','0.0.0.0/0'",
                "macaddr|'08:00:2b:01:02:03','ff:ff:ff:ff:ff:ff'",
                "macaddr8|'08:00:2b:01:02:03:04:05'",
                "pg_lsn|'16/B374D848'",
                "xid8|'18446744073709551615'",
                "tsvector|'a:1 b:2'",
                "int4range|'[1,5)','empty'",
                "point|'(1,2)'",
                "pair|'(1,\"x y\")'",
                "int4[]|'{}','{1,NULL,3}','[0:1]={7,8}','{{1,2},{3,4}}'",
                "text[]|'{\"a,b\",NULL,\"\\\"\",\"\\\\\"}'",
                "regclass|'pg_class'"
            })
    void readsAsStringWhatPostgresPrints(String typeAndValues) throws Exception {
        String[] parts = typeAndValues.split("\\|", 2);
        database.execute("DROP TABLE IF EXISTS v");
        database.execute("CREATE TABLE v (x " + parts[0] + ")");
        database.execute(
                "INSERT INTO v SELECT unnest(ARRAY["
                        + parts[1]
                        + "]::text[])::"
                        + parts[0]
                        + " UNION ALL SELECT NULL");

        List<String> read = new ArrayList<>();
        for (RowData row : CopiedTable.read(database, "v", SpecialValues.FAIL, STRING)) {
            read.add(row.isNullAt(0) ? null : row.getString(0).toString());
        }

        // format() prints by the type's output function; some casts to text print otherwise.
        String printed = parts[0].equals("bool") ? "x::text" : "format('%s', x)";
        String query = "SELECT CASE WHEN x IS NOT NULL THEN " + printed + " END FROM v";
        assertThat(read).hasSizeGreaterThan(1).containsExactlyElementsOf(database.query(query));
    }
}
