package io.millrace.benchmarks.load.progress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.load.progress.Depth.Mark;
import io.millrace.benchmarks.load.progress.Depth.Point;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class DepthTest {
    @Test
    void shouldTakeTheHighestOfEachPartOfTheTime() {
        Depth depth = new Depth(
                List.of(new Point(0, 1), new Point(1, 5), new Point(1.5, 3), new Point(2, 9), new Point(4, 0)),
                List.of());
        assertArrayEquals(new long[] {1, 5, 9, 0}, depth.columns(4));
    }

    @Test
    void shouldRepeatAPartWhereThereIsNoPoint() {
        Depth depth = new Depth(List.of(new Point(0, 4), new Point(8, 2)), List.of());
        assertArrayEquals(new long[] {4, 4, 4, 2}, depth.columns(4));
    }

    @Test
    void shouldDrawABacklogInEightyColumns() {
        String chart = DepthChart.of(rampUpAndDown());
        String[] lines = chart.split("\n");
        assertTrue(lines[0].startsWith("   100k ┤"), chart);
        assertTrue(lines[0].contains("█") || lines[0].contains("▇"), chart);
        assertTrue(lines[7].startsWith("        ┤"), chart);
        assertTrue(lines[8].startsWith("      0 └──"), chart);
        assertTrue(lines[9].endsWith("100 s"), chart);
        assertTrue(chart.contains("at 50 s: drain"), chart);
        for (String line : lines) {
            assertTrue(line.length() <= 80, line);
        }
    }

    @Test
    void shouldShowThatALittleIsNotNothing() {
        Depth depth = new Depth(List.of(new Point(0, 100_000), new Point(1, 1), new Point(2, 0)), List.of());
        String lowest = DepthChart.of(depth).split("\n")[7];
        assertTrue(lowest.contains("▁"), lowest);
    }

    @Test
    void shouldDrawNothingOfNothing() {
        assertTrue(DepthChart.of(new Depth(List.of(), List.of())).contains("└"));
    }

    @Test
    void shouldBeAPictureWithLabelledAxes() throws Exception {
        String svg = DepthSvg.of(rampUpAndDown());
        Document parsed =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertEquals("svg", parsed.getDocumentElement().getTagName());
        String words = parsed.getDocumentElement().getTextContent();
        assertTrue(words.contains("100k") && words.contains("80 s") && words.contains("depth"), words);
        assertTrue(svg.contains("prefers-color-scheme:dark"));
        assertTrue(svg.contains("a &lt; b &amp; c"));
    }

    private static Depth rampUpAndDown() {
        List<Point> points = new ArrayList<>();
        for (int second = 0; second <= 100; second++) {
            points.add(new Point(second, 2_000L * Math.min(second, 100 - second)));
        }
        return new Depth(points, List.of(new Mark(50, "drain"), new Mark(90, "a < b & c")));
    }
}
