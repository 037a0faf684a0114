"""Updates without a network: looked at, verified, installed, taken back."""
