locals {
  tpl = "Hello $${name}!"
  a = {
    b = 1
    c = ["x", 2]
  }
  heredoc = <<EOT
line ${1 + 1}
  "quoted" \n $${raw}
EOT
  flush   = <<-EOT
    a
      b

    %{for x in [1, 2]~}
    item ${x}
    %{endfor~}
    end
  EOT
  strip   = <<-EOT
    %{if true}
    yes ${~1~}
    no
    %{else}
    never
    %{endif}
  EOT
}
