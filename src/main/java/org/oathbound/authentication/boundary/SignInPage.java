package org.oathbound.authentication.boundary;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

/** The page at which people sign in: HTML without a script. */
final class SignInPage {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Sign in - Oathbound</title>
              <link rel="stylesheet" href="/assets/oathbound.css">
            </head>
            <body>
            <main>
              <h1>Sign in</h1>
              <p>%s wants to act for you.</p>
              %s
              <form method="post">
                %s
                <p><label>User name<br>
                  <input name="username" autocomplete="username" maxlength="256" required autofocus></label></p>
                <p><label>Password<br>
                  <input name="password" type="password" autocomplete="current-password" maxlength="1000" required>
                  </label></p>
                <p><label>Code<br>
                  <input name="otp" inputmode="numeric" pattern="[0-9]{6}|[0-9]{8}" autocomplete="one-time-code" required>
                  </label></p>
                <p><button>Sign in</button></p>
              </form>
            </main>
            </body>
            </html>
            """;

    private SignInPage() {}

    /**
     * The page.
     *
     * @param message what came of the last attempt; empty for the first
     */
    static String of(AuthorizationRequest request, Map<String, String> parameters, String message) {
        String hidden = AuthorizationRequest.NAMES.stream()
                .filter(parameters::containsKey)
                .map(name -> "<input type=\"hidden\" name=\"" + name + "\" value=\""
                        + escaped(parameters.getOrDefault(name, "")) + "\">")
                .collect(Collectors.joining("\n    "));
        String told = message.isEmpty() ? "" : "<p role=\"alert\"><strong>" + escaped(message) + "</strong></p>";
        return PAGE.formatted(escaped(request.application().name()), told, hidden);
    }

    /**
     * Only our style sheet is loaded, no site may frame the page, and its form may lead only here and to the program.
     */
    static String policy(AuthorizationRequest request) {
        URI uri = URI.create(request.redirectUri());
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        return "default-src 'none'; style-src 'self'; form-action 'self' " + origin
                + "; frame-ancestors 'none'; base-uri 'none'";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
