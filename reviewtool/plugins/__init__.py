"""The protocols that plugins speak and the registry that finds them."""
