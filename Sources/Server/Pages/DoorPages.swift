// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes

/// What somebody sees who is not signed in, and what is shown where a page cannot be.
enum DoorPages {
  /// - Parameters:
  ///   - next: where to go on to; a path on this server.
  ///   - hasProvider: whether there is an identity provider to sign in with.
  static func signIn(next: String, error: String?, hasProvider: Bool) -> [UInt8] {
    let note: Markup =
      switch error {
      case "refused": Parts.note("Name and password do not fit.", isError: true)
      case "wait": Parts.note("Too many attempts have failed. Wait a minute and try again.", isError: true)
      default: ""
      }
    return Page(
      title: "Sign in",
      body: """
        \(note)<form method="post" action="/sign-in"><input type="hidden" name="next" value="\(next)">
        <label>Name<input name="name" autocomplete="username" autocapitalize="none" required autofocus></label>
        <label>Password<input type="password" name="password" autocomplete="current-password" required></label>
        <p><button class="button main" type="submit">Sign in</button></p></form>
        \(if: hasProvider, "<p><a class=\"button\" href=\"\(PageAddress("/sign-in/oidc", [("next", next)]))\">Sign in with your organisation</a></p>")
        """
    ).door()
  }

  /// The page on which the first administrator is made.
  static func setUp() -> [UInt8] {
    Page(
      title: "Set up Plumbline",
      lead:
        "Nobody has an account yet. The server has printed a setup token when it started: whoever has it makes the first administrator.",
      body: """
        <form method="post" action="/setup">
        <label>Setup token<input name="token" autocomplete="off" spellcheck="false" required autofocus></label>
        <label>Your name<input name="name" autocomplete="username" autocapitalize="none" required></label>
        <label>Password, at least twelve characters<input type="password" name="password" autocomplete="new-password" minlength="12" required></label>
        <p><button class="button main" type="submit">Set up</button></p></form>
        """
    ).door()
  }

  /// What went wrong, in words, with a way back.
  static func problem(_ problem: Problem, requestID: String) -> Reply {
    let status = problem.status
    let page = Page(
      title: status.code == 404 ? "There is nothing here" : status.reasonPhrase,
      lead: "\(problem.detail)",
      body: """
        <p><a class="button main" href="/">Back to the overview</a></p><p class="muted small">Status \(status.code), request <code>\(requestID)</code></p>
        """)
    var reply = Reply.html(page.door(), status: status)
    for field in problem.headers { reply.headers.append(field) }
    return reply
  }
}
