package org.oathbound.seedfile.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Problem;

class CsvRecordsTest {

    @Nested
    @DisplayName("Any line ending, any of three delimiters, quotes, comments, blank lines")
    class Dialects {

        @ParameterizedTest
        @ValueSource(strings = {"\n", "\r\n", "\r"})
        void linesMayEndInAnyWay(String end) {
            assertThat(cells("a,b" + end + "c,d" + end)).containsExactly(List.of("a", "b"), List.of("c", "d"));
            assertThat(cells("a,b" + end + "c,d")).containsExactly(List.of("a", "b"), List.of("c", "d"));
        }

        @ParameterizedTest
        @ValueSource(strings = {",", ";", "\t"})
        void theDelimiterIsSeenInTheFirstRecord(String delimiter) {
            assertThat(cells(String.join(delimiter, "a", "b", "c"))).containsExactly(List.of("a", "b", "c"));
        }

        @Test
        void theDelimiterIsTheOneThatStandsMostOftenOutsideQuotes() {
            assertThat(cells("\"a,,,b\";c;1,5")).containsExactly(List.of("a,,,b", "c", "1,5"));
        }

        @Test
        void ofTwoThatStandEquallyOftenTheCommaIsTheDelimiter() {
            assertThat(cells("a;b,c\nd,e;f")).containsExactly(List.of("a;b", "c"), List.of("d", "e;f"));
        }

        @Test
        void aRecordWithoutAnyLeavesTheDelimiterToTheNext() {
            assertThat(cells("title\na;b")).containsExactly(List.of("title"), List.of("a", "b"));
        }

        @Test
        void quotesKeepDelimitersQuotesAndLines() {
            assertThat(cells("\"a,b\",\"say \"\"x\"\"\",\"two\r\nlines\"\nc,d,e"))
                    .containsExactly(List.of("a,b", "say \"x\"", "two\nlines"), List.of("c", "d", "e"));
        }

        @Test
        void whiteSpaceAroundCellsAndQuotesIsLeftOut() {
            assertThat(cells(" a , \"b\" ,\u00A0c\u00A0")).containsExactly(List.of("a", "b", "c"));
        }

        @Test
        void aQuoteInsideACellIsACharacter() {
            assertThat(cells("5\" disk,b\nc,d")).containsExactly(List.of("5\" disk", "b"), List.of("c", "d"));
        }

        @Test
        void commentsAndBlankLinesArePassedOver() {
            assertThat(cells("# it's \"so\n\n a,b\n   \n,,,\n;;\n #c,d\ne,f"))
                    .containsExactly(List.of("a", "b"), List.of("e", "f"));
        }

        @Test
        void aFileOfNothingHasNoRecords() {
            assertThat(cells("")).isEmpty();
            assertThat(cells("\uFEFF\n\n")).isEmpty();
        }
    }

    @Nested
    @DisplayName("A record is numbered by the line it begins at")
    class Numbers {

        @Test
        void afterCommentsBlankLinesAndCellsOfManyLines() {
            CsvRecords records = records("# c\r\n\r\na,\"x\r\ny\r\n\"\r\nb,c\r\n\r\nd,e");
            assertThat(numbers(records)).containsExactly(3, 6, 8);
        }

        @Test
        void afterARecordWithWrongQuotes() {
            CsvRecords records = records("a,\"b\"x\nc,d");
            CsvRecord wrong = records.next();
            assertThat(wrong).isEqualTo(new CsvRecord(1, null));
            assertThat(records.next()).isEqualTo(new CsvRecord(2, List.of("c", "d")));
        }

        @Test
        void theFirstLinesCommentIsKept() {
            CsvRecords records = records("\uFEFF# version: 2\n# other\na,b");
            assertThat(numbers(records)).containsExactly(3);
            assertThat(records.firstComment()).isEqualTo("version: 2");
        }

        @Test
        void aLaterCommentIsNot() {
            CsvRecords records = records("a,b\n# version: 2");
            assertThat(numbers(records)).containsExactly(1);
            assertThat(records.firstComment()).isEmpty();
        }
    }

    @Nested
    @DisplayName("Text is UTF-8, or the file is refused")
    class Encoding {

        @Test
        void withAByteOrderMark() {
            assertThat(cells("\uFEFFé,b")).containsExactly(List.of("é", "b"));
        }

        @Test
        void utf16IsRefused() {
            assertRefused("a,b\nc,d".getBytes(UTF_16), "UTF-16");
            assertRefused("\uFEFFa,b".getBytes(UTF_16LE), "UTF-16");
            assertRefused("a,b\nc,d".getBytes(UTF_16LE), "UTF-16");
        }

        @Test
        void anyOtherEncodingIsRefusedWithTheNumberOfTheLine() {
            assertRefused("a,b\nc,d\nJürgen,f\n".getBytes(ISO_8859_1), "Line 3", "UTF-8");
        }

        @Test
        void rowsBeforeItAreReadAllTheSame() {
            CsvRecords records = new CsvRecords(new ByteArrayInputStream("a,b\nJürgen,f\n".getBytes(ISO_8859_1)));
            assertThat(records.next()).isEqualTo(new CsvRecord(1, List.of("a", "b")));
            assertThatThrownBy(records::next).isInstanceOf(Problem.InvalidRequest.class);
        }

        @Test
        void aPartOfAByteOrderMarkIsNone() {
            assertRefused(new byte[] {(byte) 0xEF, (byte) 0xBB, 'a', ',', 'b'}, "Line 1");
        }
    }

    @Nested
    @DisplayName("No row takes more than 64 KiB")
    class Bounds {

        @Test
        void aLineThatNeverEndsIsNotReadFurther() {
            assertThatThrownBy(() -> new CsvRecords(new Endless("a,b,c ")).next())
                    .isInstanceOf(Problem.TooLarge.class)
                    .hasMessageContaining("Line 1 ");
        }

        @Test
        void aQuoteThatNeverClosesIsNotReadFurther() {
            assertThatThrownBy(() -> new CsvRecords(new Endless("\"", "a,b,c\n")).next())
                    .isInstanceOf(Problem.InvalidRequest.class)
                    .hasMessageContaining("line 1 ", "not closed");
        }

        @Test
        void aQuoteThatIsStillOpenAtTheEndIsRefusedWithTheRecordsLine() {
            CsvRecords records = records("a,b\nc,\"d\ne,f\ng,h");
            assertThat(records.next()).isNotNull();
            assertThatThrownBy(records::next)
                    .isInstanceOf(Problem.InvalidRequest.class)
                    .hasMessageContaining("line 2 ")
                    .hasMessageNotContaining("e,f");
        }

        @Test
        void aCommentIsBoundedToo() {
            assertThatThrownBy(() -> new CsvRecords(new Endless("#", "no end ")).next())
                    .isInstanceOf(Problem.TooLarge.class);
        }

        @Test
        void aRowThatIsJustSmallEnoughIsRead() {
            String wide = "x".repeat(RowLimit.BYTES - 2);
            assertThat(cells("a," + wide)).containsExactly(List.of("a", wide));
            assertThatThrownBy(() -> cells("a,x" + wide)).isInstanceOf(Problem.TooLarge.class);
        }

        @Test
        void moreCellsThanAnyFormatHasAreStillOneRecord() {
            assertThat(new CsvRecords(
                                    new ByteArrayInputStream(",a".repeat(30_000).getBytes(UTF_8)))
                            .next())
                    .isNotNull();
        }
    }

    @Test
    void aBodyThatBreaksOffIsRefused() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThatThrownBy(() -> new CsvRecords(broken).next()).isInstanceOf(Problem.InvalidRequest.class);
    }

    private static CsvRecords records(String text) {
        return new CsvRecords(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static List<List<String>> cells(String text) {
        CsvRecords records = records(text);
        List<List<String>> all = new ArrayList<>();
        for (CsvRecord record = records.next(); record != null; record = records.next()) {
            assertThat(record.cells()).isNotNull();
            all.add(record.cells());
        }
        return all;
    }

    private static List<Integer> numbers(CsvRecords records) {
        List<Integer> numbers = new ArrayList<>();
        for (CsvRecord record = records.next(); record != null; record = records.next()) {
            numbers.add(record.line());
        }
        return numbers;
    }

    private static void assertRefused(byte[] bytes, String... words) {
        CsvRecords records = new CsvRecords(new ByteArrayInputStream(bytes));
        assertThatThrownBy(() -> numbers(records))
                .isInstanceOf(Problem.InvalidRequest.class)
                .hasMessageContainingAll(words);
    }
}
