package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.oathbound.problem.DetailCode;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.SecretEncoding;

/**
 * The XML of SafeNet, which was Aladdin's: tokens that count, each with one {@code Seed} in hexadecimal digits. How many
 * digits a code has the file does not say, as a rule.
 */
final class SafeNetXml implements SeedFile {

    private static final List<String> COLUMNS = List.of("serial", "Model", "ProductName", "ProductionDate");
    private static final List<String> IN_APPLICATION = List.of("Seed", "MovingFactor", "OTPLength");

    private final Hints hints;

    SafeNetXml(Hints hints) {
        this.hints = hints;
    }

    @Override
    public void read(InputStream body, SeedRows rows) {
        PskcXml xml = new PskcXml(body);
        if (!isCalled(xml.root(), "Tokens")) {
            throw PskcXml.invalid("The file's outermost element is not Tokens, as it is in SafeNet's format.");
        }
        rows.columns(COLUMNS);
        int number = 0;
        for (PskcElement element = xml.next(); element != null; element = xml.next()) {
            if (!isCalled(element, "Token")) {
                throw PskcXml.invalid("The file has an element that is not expected there" + xml.place() + ".");
            }
            number++;
            rows.row(token(element, number));
        }
    }

    private SeedRow token(PskcElement token, int number) {
        List<PskcElement> applications = named(token, "Applications")
                .flatMap(list -> named(list, "Application"))
                .filter(application -> named(application, "Seed").findAny().isPresent())
                .toList();
        List<PskcElement> said = Stream.concat(
                        Stream.of(token), applications.stream().limit(1))
                .flatMap(element -> element.children().stream())
                .toList();
        String serialNumber = PskcFault.orEmpty(token.attribute("serial"));
        String secret = text(said, "Seed").replaceAll("\\s", "");
        String productName = text(said, "ProductName");
        List<String> cells = List.of(serialNumber, text(said, "Model"), productName, text(said, "ProductionDate"));
        SeedDraft draft = new SeedDraft(number, Cells.shown(cells, secret), hints);
        if (applications.size() > 1) {
            draft.fault(DetailCode.INVALID_VALUE, "secret", "The token has more than one Application with a Seed.");
        }
        check(draft, said, applications);
        draft.serialNumber(serialNumber);
        draft.secret(secret, SecretEncoding.HEX);
        draft.type("HOTP");
        draft.otpLength(text(said, "OTPLength"));
        draft.hashAlgorithmOfSecret("");
        draft.counter(text(said, "MovingFactor"));
        draft.labels("", productName);
        return draft.row();
    }

    /** What is passed over beside a seed may be what makes its codes others. */
    private static void check(SeedDraft draft, List<PskcElement> said, List<PskcElement> applications) {
        for (String name : IN_APPLICATION) {
            if (said.stream().filter(element -> isCalled(element, name)).count() > 1) {
                draft.fault(DetailCode.INVALID_VALUE, null, "The token has more than one " + name + ".");
            }
        }
        boolean known = applications.stream()
                .flatMap(application -> application.children().stream())
                .allMatch(child -> IN_APPLICATION.stream().anyMatch(name -> isCalled(child, name)));
        if (!known) {
            draft.fault(DetailCode.INVALID_VALUE, null, "An Application has an element that is not known here.");
        }
    }

    private static Stream<PskcElement> named(PskcElement parent, String name) {
        return parent.children().stream().filter(child -> isCalled(child, name));
    }

    /** In any namespace and in upper or lower case. */
    private static boolean isCalled(PskcElement element, String name) {
        return element.name().equalsIgnoreCase(name);
    }

    /** Of the first element of that name; empty when there is none. */
    private static String text(List<PskcElement> elements, String name) {
        return elements.stream()
                .filter(element -> isCalled(element, name))
                .map(PskcElement::text)
                .findFirst()
                .orElse("");
    }
}
