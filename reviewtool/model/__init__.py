"""What we talk about: frozen values and pure functions, without files and without a clock."""
