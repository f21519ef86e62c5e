package io.millrace.schemas.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.evolution.ReleasedSchemas.Released;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class FullTransitiveTest {
    @Test
    void shouldHoldForTodaysSchemasAndAllReleasedOnes() {
        assertEquals(List.of(), FullTransitive.violations(RecordTypes.byName(), ReleasedSchemas.all()));
    }

    @Test
    void shouldHoldForASchemaAndItself() {
        List<Released> today = RecordTypes.byName().values().stream()
                .map(schema -> new Released("today", schema))
                .toList();

        assertEquals(List.of(), FullTransitive.violations(RecordTypes.byName(), today));
    }

    @Test
    void shouldAllowAFieldWithADefaultToComeAndToGo() {
        assertEquals(0, violations(fields("a"), fields("a", "b=0")));
        assertEquals(0, violations(fields("a", "b=0"), fields("a")));
    }

    @Test
    void shouldNotAllowAFieldWithoutADefaultToCome() {
        assertEquals(1, violations(fields("a"), fields("a", "b")));
    }

    @Test
    void shouldNotAllowAFieldWithoutADefaultToGo() {
        assertEquals(1, violations(fields("a", "b"), fields("a")));
    }

    @Test
    void shouldNotAllowATypeToChangeEvenWhereOneDirectionWouldDo() {
        // A long can be read where an int was written, but not the other way round.
        assertEquals(1, violations(fields("a"), fields("a").replace("\"int\"", "\"long\"")));
        assertEquals(2, violations(fields("a"), fields("a").replace("\"int\"", "\"string\"")));
    }

    @Test
    void shouldAllowANewSymbolOnlyWithADefaultForThoseWhoDoNotKnowIt() {
        assertEquals(1, violations(symbols("\"A\"", ""), symbols("\"A\",\"B\"", "")));
        assertEquals(
                0, violations(symbols("\"A\"", ",\"default\":\"A\""), symbols("\"A\",\"B\"", ",\"default\":\"A\"")));
    }

    @Test
    void shouldNotAllowATypeToGo() {
        List<String> violations =
                FullTransitive.violations(Map.of(), List.of(new Released("0.1.0", parse(fields("a")))));

        assertTrue(violations.get(0).contains("R of 0.1.0 is gone"), violations.toString());
    }

    @Test
    void shouldHoldAgainstEachReleaseAndNotOnlyTheLast() {
        List<Released> released = List.of(
                new Released("0.1.0", parse(fields("a", "b"))), new Released("0.2.0", parse(fields("a", "b=0"))));

        List<String> violations = FullTransitive.violations(Map.of("R", parse(fields("a"))), released);

        assertEquals(1, violations.size());
        assertTrue(violations.get(0).contains("0.1.0 cannot read"), violations.toString());
    }

    private static int violations(String old, String now) {
        return FullTransitive.violations(Map.of("R", parse(now)), List.of(new Released("0.1.0", parse(old))))
                .size();
    }

    private static Schema parse(String schema) {
        return new Schema.Parser().parse(schema);
    }

    /** A record of ints; "name=value" has a default. */
    private static String fields(String... names) {
        StringBuilder fields = new StringBuilder();
        for (String name : names) {
            String[] parts = name.split("=");
            fields.append(fields.isEmpty() ? "" : ",")
                    .append("{\"name\":\"" + parts[0] + "\",\"type\":\"int\"")
                    .append(parts.length > 1 ? ",\"default\":" + parts[1] + "}" : "}");
        }
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
    }

    private static String symbols(String symbols, String otherwise) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"e\",\"type\":"
                + "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[" + symbols + "]" + otherwise + "}}]}";
    }
}
